import assert from 'node:assert/strict';
import { test } from '../support/journey.mjs';
import { people } from '../support/site.mjs';
import { addToCart, cart } from '../support/shopping.mjs';

const TITLE = '<script>alert(1)</script> & Söhne 🚀';

// That no dialog opens is watched by every visitor.
test('a product with a script for a name is shown as it is written', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  const answer = await visitor.open(site.acme('/products/script-and-soehne-mug'));
  assert.ok(!(await answer.text()).includes('<script>alert'), 'the document carries the script');
  await page.getByRole('heading', { name: TITLE, level: 1 }).waitFor();
  assert.ok((await page.title()).includes(TITLE), await page.title());
  await visitor.look('product');
  await addToCart(page);
  await cart(page).getByText(TITLE).waitFor();
  await visitor.open(site.acme('/search?q=script'));
  await page.getByRole('main').getByText(TITLE).waitFor();
  await visitor.look('search');
});

test('the dashboard shows it as it is written too', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(site.dashboard('/products?q=script'), people.owner);
  await page.getByRole('link', { name: TITLE }).click();
  await page.getByRole('heading', { name: TITLE, level: 1 }).waitFor();
  await visitor.look('dashboard-product');
});
