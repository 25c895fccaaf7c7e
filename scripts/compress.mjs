// Writes FILE.br and FILE.gz beside every text-like asset of a folder, so that the server never compresses one twice.
// Usage: node scripts/compress.mjs FOLDER [fast]
import { readdir, readFile, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const [folder, mode] = process.argv.slice(2);
const [brotliQuality, gzipLevel] = mode === "fast" ? [4, 6] : [11, 9];
// HTML is missing on purpose: the server writes a nonce and the page's head into it.
const compressible = new Set([".css", ".js", ".json", ".map", ".svg", ".txt", ".wasm", ".webmanifest"]);
// Below this the headers weigh more than the saving.
const smallest = 512;

async function compress(path) {
    const bytes = await readFile(path);
    if (bytes.length < smallest) return;
    const brotli = promisify(brotliCompress)(bytes, {
        params: {
            [constants.BROTLI_PARAM_QUALITY]: brotliQuality,
            [constants.BROTLI_PARAM_LGWIN]: 24,
            [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        },
    });
    const gzipped = promisify(gzip)(bytes, { level: gzipLevel });
    const [br, gz] = await Promise.all([brotli, gzipped]);
    await Promise.all([writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz)]);
    if (extname(path) === ".wasm") {
        const kilobytes = (size) => `${(size / 1000).toFixed(0)} kB`;
        console.log(`${path}: ${kilobytes(br.length)} brotli, ${kilobytes(gz.length)} gzip, ${kilobytes(bytes.length)} plain`);
    }
}

const entries = await readdir(folder, { recursive: true, withFileTypes: true });
const files = entries.filter((entry) => entry.isFile() && compressible.has(extname(entry.name)));
await Promise.all(files.map((entry) => compress(join(entry.parentPath ?? entry.path, entry.name))));
