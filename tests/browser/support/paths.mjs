import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
export const SCREENSHOTS = join(ROOT, 'target', 'screenshots');
export const LOGS = join(ROOT, 'target', 'test');
/** The data of a server with the demo that nobody has touched, while journeys are made. */
export const TEMPLATE = join(ROOT, 'target', 'journeys', 'demo');

/** The server's binary: `ORION_BIN`, or what the last debug build made. */
export function orionBinary() {
  const target = process.env.CARGO_TARGET_DIR ?? join(homedir(), '.cache', 'orion', 'target');
  return process.env.ORION_BIN ?? join(target, 'debug', 'orion');
}

/** A product file as a real shop exports it: `ORION_REAL_CSV`, or the one that lies beside the project. */
export function realExport() {
  return process.env.ORION_REAL_CSV ?? join(ROOT, '..', 'shared', 'data', 'shopify-apparel.csv');
}
