import assert from 'node:assert/strict';
import { test } from '../support/journey.mjs';
import { addToCart, cart, chooseTransfer, goToCheckout, pay } from '../support/shopping.mjs';
import { people } from '../support/site.mjs';
import { touch } from '../support/visitor.mjs';

const MUG = '/products/morning-mug';
const CUP = '/products/petit-noir-espresso-cup';
/** As much as what is seen may move while a page loads; the usual measure of it calls 0.1 good. */
const MOST_SHIFT = 0.02;
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** Adds up how much moves, in every document from now on. */
async function watchShifts(page) {
  await page.addInitScript(() => {
    window.shifts = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries().filter((shift) => !shift.hadRecentInput)) {
        window.shifts.push({ value: entry.value, nodes: entry.sources.map(({ node }) => node?.className || node?.nodeName) });
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

async function assertStill(visitor, name) {
  await visitor.settle();
  const shifts = await visitor.page.evaluate(() => window.shifts);
  const sum = shifts.reduce((total, { value }) => total + value, 0);
  assert.ok(sum <= MOST_SHIFT, `${name} moves by ${sum.toFixed(3)}: ${JSON.stringify(shifts)}`);
  return `${name} ${sum.toFixed(3)}`;
}

async function lookForShifts(visit, site, options) {
  const visitor = await visit(options);
  const { page } = visitor;
  await watchShifts(page);
  const told = [];
  for (const path of ['/', '/products', '/categories/cups-and-mugs', MUG, '/search?q=mug', '/cart', '/login', '/register', '/track']) {
    await visitor.open(site.acme(path));
    told.push(await assertStill(visitor, path));
  }
  await goToCheckout(visitor, site.acme(CUP), 'still@example.test');
  await chooseTransfer(page);
  await page.reload();
  told.push(await assertStill(visitor, 'checkout'));
  await goToCheckout(visitor, site.acme(CUP), 'still@example.test');
  await chooseTransfer(page);
  await pay(visitor);
  await page.reload();
  told.push(await assertStill(visitor, 'confirmation'));
  await visitor.signIn(site.acme('/login?next=/account'), people.customer);
  await page.waitForURL('**/account');
  for (const path of ['/account', '/account/orders', '/account/addresses', '/account/profile', '/checkout']) {
    await visitor.open(site.acme(path));
    told.push(await assertStill(visitor, path));
  }
  console.log(`        ${told.join(', ')}`);
}

test('nothing moves while a page loads, on a desk', ({ visit, site }) => lookForShifts(visit, site, {}));

test('nothing moves while a page loads, on a phone', ({ visit, site }) => lookForShifts(visit, site, PHONE));

test('the chosen variant is in the address', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.open(site.acme(MUG));
  await page.getByRole('radio', { name: 'Ochre' }).check({ force: true });
  await page.getByRole('radio', { name: '350 ml' }).check({ force: true });
  await page.waitForURL(/\?variant=/);
  const address = page.url();
  const friend = await visit();
  await friend.open(address);
  assert.ok(await friend.page.getByRole('radio', { name: 'Ochre' }).isChecked());
  assert.ok(await friend.page.getByRole('radio', { name: '350 ml' }).isChecked());
  const reader = await visit({ javaScriptEnabled: false });
  await reader.open(address);
  assert.match(await reader.page.locator('.shop-option__legend').first().innerText(), /Ochre/, 'the server shows it too');
});

test('a picture is seen as large as the screen, and turned by keys and fingers', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  for (const width of [1280, 768, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await visitor.open(site.acme(MUG));
    const small = await page.locator('.shop-gallery__slide:not([inert]) img').boundingBox();
    await page.getByRole('button', { name: /^Enlarge the picture, Picture 1/ }).click();
    const zoom = page.locator('dialog.shop-zoom');
    const seen = zoom.locator('.shop-zoom__slide').first();
    await seen.locator('img').waitFor();
    const box = await seen.boundingBox();
    assert.ok(box.width === width && box.height >= 840, `${box.width}×${box.height} of ${width}×844`);
    await visitor.settle();
    await page.screenshot({ path: visitor.picture(`zoom-${width}`) });
    await page.keyboard.press('ArrowRight');
    await zoom.getByText('Picture 2 of').waitFor();
    await page.keyboard.press('+');
    // Larger than the screen and than the gallery's.
    const most = Math.max(1.9 * width, small.width);
    await page.waitForFunction((most) => document.querySelector('.shop-zoom__slide--large img')?.getBoundingClientRect().width > most, most);
    await page.keyboard.press('Escape');
    await zoom.waitFor({ state: 'hidden' });
    await page.waitForFunction(() => document.activeElement?.matches('.shop-gallery__slide:not([inert])'));
  }
});

test('a cart that is changed in one tab is seen in the other', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.open(site.acme('/'));
  const tab = await visitor.context.newPage();
  await tab.goto(site.acme(CUP));
  await touch(tab);
  await tab.locator('.shop-buy').getByRole('button', { name: 'Add to cart' }).click();
  await cart(tab).getByRole('link', { name: 'Checkout' }).waitFor();
  await page.locator('.shop-header .shop-count').getByText('1', { exact: true }).waitFor();
  await tab.close();
});

test('the e-mail address of an order is there when an account is made', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await goToCheckout(visitor, site.acme(CUP), 'carried@example.test');
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'E-mail' }).inputValue(), 'carried@example.test');
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByRole('textbox', { name: 'Full name' }).waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'E-mail' }).inputValue(), 'carried@example.test');
});

test('a page says so when its program does not come', async ({ visit, site }) => {
  for (const [name, url, words] of [
    ['shop', site.acme(MUG), 'Part of this page did not load'],
    ['checkout', site.acme('/checkout'), 'Part of this page did not load'],
    ['dashboard', site.dashboard('/login'), 'This page did not load completely'],
    ['admin', site.admin('/login'), 'This page did not load completely'],
  ]) {
    const visitor = await visit();
    visitor.expect(/ERR_FAILED|Failed to fetch|dynamically imported|error loading/i);
    visitor.expect(/.*/);
    const { page } = visitor;
    await page.route(/\.wasm$/, (route) => route.abort());
    await page.goto(url);
    await touch(page);
    await page.getByText(words).waitFor();
    await page.screenshot({ path: visitor.picture(`failed-${name}`) });
    await page.unroute(/\.wasm$/);
    await page.getByRole('link', { name: 'Try again' }).click();
    await page.getByText(words).waitFor({ state: 'hidden' });
    await visitor.settle();
  }
});

test('pages without content show where it will be', async ({ visit, site }) => {
  for (const [name, url] of [['cart', site.acme('/cart')], ['checkout', site.acme('/checkout')], ['login', site.acme('/login')], ['dashboard', site.dashboard('/login')]]) {
    const visitor = await visit();
    const { page } = visitor;
    let release = () => {};
    const held = new Promise((resolve) => { release = resolve; });
    await page.route(/\.wasm$/, async (route) => { await held; await route.continue(); });
    await page.goto(url, { waitUntil: 'commit' });
    await page.locator('.shop-waiting, #orion-waiting').waitFor();
    await page.screenshot({ path: visitor.picture(`before-${name}`) });
    release();
    await visitor.settle();
    await page.locator('.shop-waiting, #orion-waiting').waitFor({ state: 'detached' });
  }
});
