// Browser journeys against the real binary. `node tests/browser/run.mjs` runs all, with a name those whose file or title contains it.
import { mkdir, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { Browser } from './support/browser.mjs';
import { SCREENSHOTS } from './support/paths.mjs';
import { Server } from './support/server.mjs';
import { Site } from './support/site.mjs';

// What a journey leaves behind is seen by the ones after it: those that look come before those that change the shop.
const FILES = [
  'guest-checkout', 'payments', 'shop-pages', 'addresses', 'hostile-title', 'without-javascript', 'takeover', 'languages', 'missing-pages', 'keyboard', 'accounts',
  'roles', 'widths', 'products', 'grid', 'forms', 'import', 'import-undo', 'lists', 'orders', 'customers', 'inventory', 'exports', 'webhooks', 'people', 'second-factor', 'passkeys', 'api-keys', 'domains', 'settings', 'admin-stores', 'admin-jobs', 'admin-modules',
];

async function chosen(name) {
  const found = [];
  for (const file of FILES) {
    const { journeys } = await import(`./journeys/${file}.mjs`);
    for (const [title, run] of Object.entries(journeys)) {
      if (!name || file.includes(name) || title.includes(name)) found.push({ file, title, run });
    }
  }
  return found;
}

/** Runs a journey; one that answers a sentence could not be made, and the sentence says why. */
async function travel(browser, site, { file, title, run }) {
  const visitors = [];
  const visit = async (options) => {
    const visitor = await browser.visitor(basename(file), options);
    visitors.push(visitor);
    return visitor;
  };
  try {
    const skipped = await run({ visit, site });
    for (const visitor of visitors) visitor.check();
    return skipped;
  } catch (error) {
    const seen = await Promise.all(visitors.map((visitor) => visitor.witness()));
    throw new Error([error.stack, ...seen.flat()].join('\n    '), { cause: error });
  } finally {
    await Promise.all(visitors.map((visitor) => visitor.leave()));
  }
}

async function runAll(journeys, server) {
  const browser = await Browser.launch();
  const site = new Site(server.port, server.names);
  const counts = { passed: 0, failed: 0, skipped: 0 };
  try {
    for (const journey of journeys) {
      const begin = Date.now();
      try {
        const skipped = await travel(browser, site, journey);
        counts[skipped ? 'skipped' : 'passed'] += 1;
        const note = skipped ?? `${((Date.now() - begin) / 1000).toFixed(1)} s`;
        console.log(`${skipped ? 'skipped' : 'ok     '} ${journey.file}: ${journey.title} (${note})`);
      } catch (error) {
        counts.failed += 1;
        console.log(`FAILED  ${journey.file}: ${journey.title}\n    ${error.message}`);
      }
    }
  } finally {
    await browser.close();
  }
  return counts;
}

async function main() {
  const journeys = await chosen(process.argv[2]);
  if (journeys.length === 0) throw new Error(`no journey is called ${process.argv[2]}`);
  if (!process.argv[2]) await rm(SCREENSHOTS, { recursive: true, force: true });
  await mkdir(SCREENSHOTS, { recursive: true });
  const server = await Server.start();
  let counts = null;
  try {
    counts = await runAll(journeys, server);
  } finally {
    await server.stop();
  }
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  process.exitCode = counts.failed === 0 ? 0 : 1;
}

await main();
