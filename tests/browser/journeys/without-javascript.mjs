import assert from 'node:assert/strict';
import { test } from '../support/journey.mjs';

test('home, category and product can be read without JavaScript', async ({ visit, site }) => {
  const visitor = await visit({ javaScriptEnabled: false });
  const { page } = visitor;
  await visitor.open(site.acme());
  await page.getByRole('heading', { level: 1 }).waitFor();
  await visitor.look('home');
  await page.getByRole('link', { name: 'Cups & Mugs' }).first().click();
  await page.getByRole('heading', { name: 'Cups & Mugs', level: 1 }).waitFor();
  await visitor.look('category');
  await page.getByRole('link', { name: /Morning Mug/ }).first().click();
  await page.getByRole('heading', { name: 'Morning Mug', level: 1 }).waitFor();
  await page.getByText('The mug we reach for ourselves').waitFor();
  await page.getByText('€26.00').first().waitFor();
  await page.locator('noscript p').waitFor();
  assert.equal(await page.locator('.shop-buy').isVisible(), false, 'nothing is offered that does not work');
  await visitor.look('product');

  assert.match(await page.title(), /Morning Mug/);
  const head = (selector, name) => page.locator(selector).first().getAttribute(name);
  assert.equal(await head('link[rel=canonical]', 'href'), site.on('shop.acme.test', '/products/morning-mug'));
  assert.ok((await head('meta[name=description]', 'content')).length > 20, 'description');
  const data = JSON.parse(await page.locator('script[type="application/ld+json"]').first().textContent());
  const product = [data].flat().find((entry) => entry['@type'] === 'Product' || entry['@type'] === 'ProductGroup');
  assert.equal(product?.name, 'Morning Mug');
});
