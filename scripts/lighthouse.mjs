// Measures the pages of a shop with Lighthouse, as a phone on a slow network sees them, and prints the medians as JSON, a page a line.
// Usage: node scripts/lighthouse.mjs ADDRESS ROUNDS [PATH…]
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

const [address, rounds, ...paths] = process.argv.slice(2);
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
const FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--host-resolver-rules=MAP *.localhost 127.0.0.1'];

/** One look at a page, by a browser that has never seen it. */
async function look(url) {
  const chrome = await launch({ chromePath: process.env.ORION_BROWSER ?? '/usr/bin/chromium', chromeFlags: FLAGS, logLevel: 'error' });
  try {
    const { lhr } = await lighthouse(url, { port: chrome.port, onlyCategories: CATEGORIES, logLevel: 'error' });
    if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
    const of = (audit) => lhr.audits[audit].numericValue;
    const requests = lhr.audits['network-requests'].details.items;
    return {
      scores: CATEGORIES.map((name) => Math.round(lhr.categories[name].score * 100)),
      failed: Object.values(lhr.categories).flatMap(({ auditRefs }) => auditRefs)
        .filter(({ id, weight }) => weight > 0 && (lhr.audits[id].score ?? 1) < 0.9).map(({ id }) => id),
      fcp: of('first-contentful-paint'),
      lcp: of('largest-contentful-paint'),
      tbt: of('total-blocking-time'),
      cls: of('cumulative-layout-shift'),
      si: of('speed-index'),
      bytes: of('total-byte-weight'),
      requests: requests.length,
    };
  } finally {
    await chrome.kill();
  }
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

for (const path of paths) {
  const seen = [];
  for (let round = 0; round < Number(rounds); round += 1) seen.push(await look(new URL(path, address).href));
  const middle = (name) => median(seen.map((one) => one[name]));
  const found = { path, failed: [...new Set(seen.flatMap(({ failed }) => failed))] };
  CATEGORIES.forEach((name, at) => { found[name] = median(seen.map(({ scores }) => scores[at])); });
  for (const name of ['fcp', 'lcp', 'tbt', 'cls', 'si', 'bytes', 'requests']) found[name] = middle(name);
  console.log(JSON.stringify(found));
}
