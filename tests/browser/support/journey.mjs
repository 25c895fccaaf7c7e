// What a journey is given: `site`, a shop that nobody has changed when the first journey of its file begins, and `visit`, by which people come.
import { basename } from 'node:path';
import { test as base } from '@playwright/test';
import { Houses } from './houses.mjs';
import { Visitor } from './visitor.mjs';

export const test = base.extend({
  houses: [async ({}, use) => {
    const houses = new Houses();
    await use(houses);
    await houses.close();
  }, { scope: 'worker', timeout: 0 }],

  site: async ({ houses }, use, { file }) => {
    await use(await houses.of(file));
  },

  /** Somebody with an empty browser; `options` are Playwright's for a context. */
  visit: async ({ browser }, use, info) => {
    const visitors = [];
    await use(async (options = {}) => {
      const visitor = await Visitor.enter(basename(info.file, '.mjs'), await browser.newContext(options), options);
      visitors.push(visitor);
      return visitor;
    });
    try {
      // One that has failed says why by itself; what its visitors noticed stands beside it.
      if (info.status === 'failed' || info.status === 'timedOut') await tell(visitors, info);
      else visitors.forEach((visitor) => visitor.check());
    } finally {
      await Promise.all(visitors.map((visitor) => visitor.leave()));
    }
  },
});

async function tell(visitors, info) {
  const seen = visitors.flatMap((visitor) => visitor.witness());
  console.log(`${info.title}:\n    ${seen.join('\n    ')}`);
  await info.attach('what visitors noticed', { body: seen.join('\n'), contentType: 'text/plain' });
}
