import assert from 'node:assert/strict';
import { test } from '../support/journey.mjs';

const languages = { fr: ['Français', 'Panier'], de: ['Deutsch', 'Warenkorb'], en: ['English', 'Cart'] };

test('the footer switches between English, French and German, and the shop remembers', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  for (const [code, [name, cart]] of Object.entries(languages)) {
    await visitor.open(site.acme());
    await page.getByRole('contentinfo').getByRole('link', { name }).click();
    await page.locator(`html[lang=${code}]`).waitFor({ state: 'attached' });
    await visitor.settle();
    await page.getByRole('banner').getByRole('button', { name: cart }).waitFor();
    await visitor.look(`home-${code}`);
    await visitor.open(site.acme('/products/morning-mug'));
    assert.equal(await page.locator('html').getAttribute('lang'), code, 'the next page speaks it too');
    await visitor.look(`product-${code}`);
  }
});

// What the merchant has written is in that language; buttons in another one beside it would read as a mistake.
test('a first visit is in the shop\'s own language, whatever the browser speaks', async ({ visit, site }) => {
  const visitor = await visit({ locale: 'de-DE' });
  await visitor.open(site.acme());
  assert.equal(await visitor.page.locator('html').getAttribute('lang'), 'en');
});
