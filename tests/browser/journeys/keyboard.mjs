import assert from 'node:assert/strict';
import { test } from '../support/journey.mjs';
import { cart, shownPicture } from '../support/shopping.mjs';
import { people } from '../support/site.mjs';

const focused = (page) => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');

/** Whether the focus is on the page's content itself, and not on something in it. */
const atContent = (page) => page.waitForFunction(() => document.activeElement === document.querySelector('main'), null, { timeout: 5_000 });

/** Tab until the focus has reached it; a page that swallows the focus never gets there. */
async function tabTo(page, isThere, limit = 60) {
  for (let step = 0; step < limit; step += 1) {
    await page.keyboard.press('Tab');
    if (await isThere()) return;
  }
  assert.fail(`not reached after ${limit} steps`);
}

test('a mug is put into the cart by keyboard alone', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.open(site.acme('/products/morning-mug'));
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'Skip to content');
  await visitor.page.screenshot({ path: visitor.picture('skip-link') });
  await page.keyboard.press('Enter');
  await tabTo(page, async () => (await focused(page)) === 'Add to cart');
  await page.screenshot({ path: visitor.picture('focus') });
  await page.keyboard.press('Enter');
  await cart(page).waitFor();
  assert.ok(await page.evaluate(() => document.activeElement.closest('dialog') !== null), 'the focus is in the drawer');
  await page.keyboard.press('Escape');
  await cart(page).waitFor({ state: 'hidden' });
  assert.equal(await focused(page), 'Add to cart', 'the focus is back where it was');
});

test('in a gallery only the picture that one sees takes the focus', async ({ visit, site }) => {
  for (const width of [1280, 390]) {
    const visitor = await visit({ viewport: { width, height: 844 } });
    const { page } = visitor;
    await visitor.open(site.acme('/products/morning-mug'));
    await page.getByRole('radio', { name: 'Ochre' }).check({ force: true });
    await visitor.settle();
    const shown = await shownPicture(page);
    await page.locator('main').focus();
    const stops = [];
    await tabTo(page, async () => {
      stops.push(await page.evaluate(() => document.activeElement.closest('.shop-gallery__slide')?.querySelector('img').src ?? ''));
      return (await focused(page)) === 'Add to cart';
    });
    assert.equal(stops.filter((stop) => stop !== '').length, 1, `pictures on the way at ${width}: ${stops.join(' ')}`);
    assert.equal(await shownPicture(page), shown, `the picture after Tab at ${width}`);
    await page.setViewportSize({ width: 1670 - width, height: 844 });
    await visitor.settle();
    assert.equal(await shownPicture(page), shown, `the picture after a turn from ${width}`);
  }
});

test('the search of the shop has a key', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  const field = () => page.evaluate(() => document.activeElement.getAttribute('name'));
  for (const path of ['/', '/search?q=mug']) {
    await visitor.open(site.acme(path));
    await page.keyboard.press('/');
    assert.equal(await field(), 'q', path);
    assert.equal(await page.getByRole('search').count(), 1, `search fields on ${path}`);
  }
});

test('another page takes the focus along, another filter does not', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.open(site.acme());
  assert.equal(await page.evaluate(() => document.activeElement === document.body), true, 'the first page starts at its top');
  const categories = page.getByRole('navigation', { name: 'Categories' });
  await categories.getByRole('link', { name: 'Vases' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Vases', level: 1 }).waitFor();
  await atContent(page);
  assert.equal(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), 'none');
  await page.keyboard.press('Tab');
  assert.ok(await page.evaluate(() => document.activeElement.closest('main') !== null), 'the next stop is in the content');
  const sort = page.getByRole('combobox', { name: 'Sort by' });
  await sort.focus();
  await sort.selectOption({ label: 'Price: low to high' });
  await page.waitForURL(/sort=price/);
  await visitor.settle();
  assert.ok(await sort.evaluate((select) => document.activeElement === select), 'sorting leaves the focus where it is');
  await visitor.open(site.acme('/products/morning-mug'));
  await page.locator('.shop-buy').getByRole('button', { name: 'Add to cart' }).click();
  await cart(page).getByRole('link', { name: 'View cart' }).press('Enter');
  await page.getByRole('heading', { name: 'Your cart', level: 1 }).waitFor();
  await atContent(page);
});

test('the dashboard has a skip link, a search key and a palette', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(site.dashboard('/products'), people.owner);
  await page.getByRole('heading', { name: 'Products', level: 1 }).waitFor();
  await visitor.settle();
  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement.type), 'search');
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog').filter({ has: page.getByRole('combobox') });
  await palette.waitFor();
  await visitor.look('palette');
  await page.keyboard.type('orders');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/store/orders');
  await atContent(page);
  await page.getByRole('navigation').getByRole('link', { name: 'Products', exact: true }).press('Enter');
  await page.getByRole('heading', { name: 'Products', level: 1 }).waitFor();
  await atContent(page);
});

test('who has signed in is on the page, and not nowhere', async ({ visit, site }) => {
  for (const [url, person] of [[site.dashboard('/orders'), people.owner], [site.admin('/stores'), people.admin]]) {
    const visitor = await visit();
    await visitor.signIn(url, person);
    await visitor.page.getByRole('heading', { level: 1, name: /Orders|Stores/ }).waitFor();
    await atContent(visitor.page);
  }
});
