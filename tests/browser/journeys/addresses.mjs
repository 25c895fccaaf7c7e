import assert from 'node:assert/strict';
import { test } from '../support/journey.mjs';
import { addToCart, cards, cart, chooseCard, fillAddress, orderNumber, pay, track } from '../support/shopping.mjs';

/** The shop's address on a host that is not its own. */
const PATH = '/storefront/acme';

/** Titles of all products as the listing shows them, and every link of the page. */
async function shelf(visitor, root) {
  await visitor.open(`${root}products`);
  const titles = await visitor.page.locator('.shop-card__title').allTextContents();
  const links = await visitor.page.locator('a[href]').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  return { titles, links };
}

const isBelowPath = (path) => path === PATH || path.startsWith(`${PATH}/`) || path.startsWith(`${PATH}?`);

/** Where the page's links lead on this host, as paths. */
async function linkPaths(page) {
  const hrefs = await page.locator('a[href]').evaluateAll((links) => links.map((link) => link.href));
  const { host } = new URL(page.url());
  return hrefs.map((href) => new URL(href)).filter((url) => url.host === host).map((url) => url.pathname + url.search);
}

/** From the home page to a paid order; `belongs` knows the paths that this address of the shop may show or ask for. */
async function buyByCard(visitor, root, name, belongs) {
  const { page } = visitor;
  const asked = [];
  page.on('request', (request) => { asked.push(new URL(request.url())); });
  const stays = async (place) => {
    await visitor.settle();
    assert.equal(new URL(page.url()).host, new URL(root).host, `${place} is on the same host`);
    assert.deepEqual((await linkPaths(page)).filter((path) => !belongs(path)), [], `links of ${place} that lead astray`);
  };
  await visitor.open(`${root}/`);
  await stays('the home page');
  await page.getByRole('navigation', { name: 'Categories' }).getByRole('link', { name: 'Cups & Mugs' }).click();
  await page.getByRole('heading', { name: 'Cups & Mugs', level: 1 }).waitFor();
  await stays('the category');
  await page.getByRole('main').getByRole('link', { name: /Petit Noir Espresso Cup/ }).click();
  await page.getByRole('heading', { name: 'Petit Noir Espresso Cup', level: 1 }).waitFor();
  await stays('the product');
  await addToCart(page);
  await cart(page).getByRole('link', { name: 'Checkout' }).click();
  await page.waitForURL(`${root}/checkout`);
  await fillAddress(page, `${name}@example.test`);
  await chooseCard(page, cards.approved);
  await stays('the checkout');
  const number = await pay(visitor);
  assert.ok(page.url().startsWith(`${root}/orders/`), page.url());
  await page.locator('.ui-badge').getByText('Paid', { exact: true }).waitFor();
  await page.getByRole('main').getByText('Petit Noir Espresso Cup').first().waitFor();
  await stays('the confirmation');
  await visitor.look(`paid-${name}`);
  await page.reload();
  assert.equal(await orderNumber(visitor), number, 'the confirmation is still there after a reload');
  await track(visitor, `${root}/track`, number, `${name}@example.test`);
  await stays('the tracked order');
  const strays = asked.filter((url) => url.host === new URL(root).host && !belongs(url.pathname)).map((url) => url.pathname);
  assert.deepEqual([...new Set(strays)], [], 'requests that lead astray');
}

test('one shop has three addresses and the same shelf at each', async ({ visit, site }) => {
  const roots = {
    subdomain: site.acme('/'),
    domain: site.on('shop.acme.test', '/'),
    path: site.on('localhost', '/storefront/acme/'),
  };
  const shelves = {};
  for (const [kind, root] of Object.entries(roots)) {
    const visitor = await visit();
    shelves[kind] = await shelf(visitor, root);
    await visitor.open(root);
    await visitor.look(`home-${kind}`);
  }
  assert.ok(shelves.subdomain.titles.length >= 15, `${shelves.subdomain.titles.length} products`);
  assert.deepEqual(shelves.domain.titles, shelves.subdomain.titles);
  assert.deepEqual(shelves.path.titles, shelves.subdomain.titles);
  for (const kind of ['subdomain', 'domain']) {
    const leaks = shelves[kind].links.filter((href) => href.includes('/storefront/'));
    assert.deepEqual(leaks, [], `links of the ${kind}`);
  }
  const strays = shelves.path.links.filter((href) => href.startsWith('/') && !href.startsWith('/storefront/acme'));
  assert.deepEqual(strays, [], 'links that leave the path');
});

test('the shop of another store shows nothing of acme', async ({ visit, site }) => {
  const visitor = await visit();
  const { titles } = await shelf(visitor, site.globex('/'));
  assert.ok(titles.length > 0 && !titles.some((title) => title.includes('Morning Mug')), titles.join(', '));
  for (const [store, url] of Object.entries({ globex: site.globex(), tokyo: site.on('tokyo.orion.localhost'), plain: site.on('plain.lite.localhost') })) {
    await visitor.open(url);
    await visitor.look(`home-${store}`);
  }
});

test('a guest buys with a card by path and never leaves the path', async ({ visit, site }) => {
  const visitor = await visit();
  await buyByCard(visitor, site.on('localhost', '/storefront/acme'), 'path', (path) => isBelowPath(path) || path.startsWith('/assets/'));
});

test('a guest buys with a card on the custom domain and sees nothing of the path', async ({ visit, site }) => {
  const visitor = await visit();
  await buyByCard(visitor, site.on('shop.acme.test', ''), 'domain', (path) => !path.includes('/storefront/acme'));
});
