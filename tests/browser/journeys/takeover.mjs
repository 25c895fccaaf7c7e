// The server's page before its program has started, and what becomes of it.
import assert from 'node:assert/strict';
import { test } from '../support/journey.mjs';
import { addToCart, cart } from '../support/shopping.mjs';
import { touch } from '../support/visitor.mjs';

const CUP = '/products/petit-noir-espresso-cup';
const MUG = '/products/morning-mug';
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** Holds the program back; answers what lets it go. */
async function holdProgram(page) {
  let release = () => {};
  const held = new Promise((resolve) => { release = resolve; });
  await page.route(/\.wasm$/, async (route) => { await held; await route.continue(); });
  return release;
}

/** What of an element is to be the same afterwards. */
const PARTS = [['/', '.shop-hero__picture img'], ['/', '.shop-card__image'], ['/', '.shop-tile'], ['/products', '.shop-card__image'], [CUP, '.shop-gallery__slide img']];

/** What is pressed on the server's page, and what is to be seen of it once the program is there. */
const PRESSED = [
  [PHONE, '/', '.shop-header__menu', (page) => page.getByRole('dialog').getByRole('link', { name: 'All products' })],
  [PHONE, '/', '.shop-header__cart', (page) => cart(page)],
  [PHONE, '/products', '.shop-listing__bar .ui-button', (page) => page.getByRole('dialog', { name: 'Filters' })],
  [{}, '/products', '.shop-listing__sort .ui-input', (page) => page.locator('#app .shop-listing__sort select:focus')],
  [{}, MUG, '.shop-option__value >> nth=1', (page) => page.locator('#app .shop-option__value').nth(1).locator('input:checked')],
  [{}, MUG, '.shop-gallery__thumb >> nth=1', (page) => page.locator('#app .shop-gallery__thumbs li:nth-child(2) [aria-current]')],
  [{}, MUG, '.shop-gallery__slide:not([inert])', (page) => page.locator('dialog.shop-zoom[open]')],
];

test('a page that nobody touches starts no program', async ({ visit, site }) => {
  for (const path of ['/', '/products', MUG]) {
    const visitor = await visit(PHONE);
    const { page } = visitor;
    await page.goto(site.acme(path));
    // Where something can be bought it is fetched ahead.
    if (path === MUG) await page.waitForFunction(() => window.orionProgram?.then(() => true));
    else assert.ok(await page.evaluate(() => window.orionProgram === undefined));
    assert.ok(await page.evaluate(() => window.wasmBindings === undefined && document.getElementById('orion-content') !== null));
    await page.touchscreen.tap(3, 300);
    await page.waitForFunction(() => window.wasmBindings !== undefined && document.getElementById('orion-content') === null);
  }
});

test('whoever has a cart here is shown so without touching anything', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.open(site.acme(CUP));
  await addToCart(page);
  await page.goto(site.acme('/'));
  await page.locator('.shop-header .shop-count').getByText('1', { exact: true }).waitFor();
});

test('what the server has drawn stays', async ({ visit, site }) => {
  for (const [path, selector] of PARTS) {
    const visitor = await visit(PHONE);
    const { page } = visitor;
    const release = await holdProgram(page);
    await page.goto(site.acme(path));
    await touch(page);
    await page.evaluate((selector) => { window.seen = document.querySelector(`#orion-content ${selector}`); }, selector);
    release();
    await visitor.settle();
    const same = await page.evaluate((selector) => document.querySelector(`#app ${selector}`) === window.seen, selector);
    assert.ok(same, `${selector} of ${path} was drawn again`);
    // A link of the server's is the app's now: no page is loaded for it.
    if (selector === '.shop-tile') {
      await page.locator(selector).first().tap();
      await page.locator('.shop-listing__head h1').waitFor();
      assert.ok(await page.evaluate(() => window.seen !== undefined), 'the link has loaded a page');
    }
  }
});

test('nothing for a mouse is loaded where there is none', async ({ visit, site }) => {
  const visitor = await visit(PHONE);
  const { page } = visitor;
  await visitor.open(site.acme('/products'));
  const second = await page.locator('.shop-card__image--second').evaluateAll((images) => images.map((image) => image.currentSrc).filter(Boolean));
  assert.deepEqual(second, []);
  // The app's own pictures are as lazy as the server's: of a gallery, the one that is seen and the one beside it.
  const loaded = () => page.locator('.shop-gallery__slide img').evaluateAll((images) => images.filter((image) => image.currentSrc).length);
  await page.locator(`a[href$="${CUP}"]`).tap();
  await page.locator('.shop-gallery__stage').waitFor();
  await visitor.settle();
  assert.equal(await loaded(), 2);
  await visitor.open(site.acme(CUP));
  assert.equal(await loaded(), 2);
});

test('what is done before the program is there is done then', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  let release = await holdProgram(page);
  await page.goto(site.acme(CUP));
  await page.locator('#orion-content .shop-buy .ui-button').click();
  release();
  await cart(page).getByRole('link', { name: 'Checkout' }).waitFor();
  await page.unroute(/\.wasm$/);

  for (const [options, path, selector, seen] of PRESSED) {
    const other = await visit(options);
    const open = await holdProgram(other.page);
    await other.page.goto(site.acme(path));
    const pressed = other.page.locator(`#orion-content ${selector}`).first();
    await (options === PHONE ? pressed.tap() : pressed.click());
    assert.equal(await pressed.getAttribute('aria-busy'), 'true', selector);
    open();
    await seen(other.page).first().waitFor();
  }

  release = await holdProgram(page);
  await page.goto(site.acme('/'));
  await page.locator('#orion-content .shop-search__input').pressSequentially('mug');
  release();
  await page.getByRole('option').first().waitFor();
  const typed = page.locator('#app .shop-header .shop-search__input');
  assert.equal(await typed.inputValue(), 'mug');
  assert.ok(await typed.evaluate((field) => field === document.activeElement));
});
