import assert from 'node:assert/strict';

/** Titles of all products as the listing shows them, and every link of the page. */
async function shelf(visitor, root) {
  await visitor.open(`${root}products`);
  const titles = await visitor.page.locator('.shop-card__title').allTextContents();
  const links = await visitor.page.locator('a[href]').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  return { titles, links };
}

export const journeys = {
  'one shop has three addresses and the same shelf at each': async ({ visit, site }) => {
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
  },

  'the shop of another store shows nothing of acme': async ({ visit, site }) => {
    const visitor = await visit();
    const { titles } = await shelf(visitor, site.globex('/'));
    assert.ok(titles.length > 0 && !titles.some((title) => title.includes('Morning Mug')), titles.join(', '));
    for (const [store, url] of Object.entries({ globex: site.globex(), tokyo: site.on('tokyo.orion.localhost'), plain: site.on('plain.lite.localhost') })) {
      await visitor.open(url);
      await visitor.look(`home-${store}`);
    }
  },

  'one can buy by path as well': async ({ visit, site }) => {
    const visitor = await visit();
    const { page } = visitor;
    await visitor.open(site.on('localhost', '/storefront/acme/products/petit-noir-espresso-cup'));
    await page.locator('.shop-buy').getByRole('button', { name: 'Add to cart' }).click();
    await page.getByRole('dialog', { name: 'Your cart' }).getByRole('link', { name: 'Checkout' }).click();
    await page.waitForURL('**/storefront/acme/checkout');
    await page.getByRole('heading', { name: 'Checkout', level: 1 }).waitFor();
  },
};
