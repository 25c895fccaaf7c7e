import assert from 'node:assert/strict';
import { test } from '../support/journey.mjs';
import { people } from '../support/site.mjs';

test('the shop says that a page is missing, with status 404', async ({ visit, site }) => {
  const visitor = await visit();
  visitor.expect(/status of 404/);
  for (const path of ['/products/no-such-thing', '/categories/no-such-thing', '/no-such-page']) {
    const answer = await visitor.open(site.acme(path));
    assert.equal(answer.status(), 404, path);
    await visitor.page.getByText('This page is not here').waitFor();
  }
  await visitor.look('shop');
  await visitor.page.getByRole('link', { name: 'Back to the shop' }).click();
  await visitor.page.getByRole('heading', { name: 'Made slowly, used daily' }).waitFor();
});

test('the dashboard and the administration say so too', async ({ visit, site }) => {
  for (const [name, url] of Object.entries({ dashboard: site.dashboard('/no-such-page'), admin: site.admin('/no-such-page') })) {
    const visitor = await visit();
    visitor.expect(/status of 404/);
    const answer = await visitor.open(url);
    assert.equal(answer.status(), 404, url);
    await visitor.page.getByText('There is nothing here').waitFor();
    await visitor.look(name);
  }
});

test('the bare address of dashboard and administration leads to their first page', async ({ visit, site }) => {
  const entrances = [[site.dashboard(''), site.dashboard(), people.owner], [site.admin(''), site.admin('/dashboard'), people.admin]];
  for (const [bare, first, who] of entrances) {
    const visitor = await visit();
    await visitor.signIn(bare, who);
    await visitor.page.getByRole('heading', { name: 'Dashboard', level: 1 }).waitFor();
    assert.equal(visitor.page.url(), first);
  }
});

test('a product that does not exist says so in the dashboard', async ({ visit, site }) => {
  const visitor = await visit();
  visitor.expect(/status of 404/);
  await visitor.signIn(site.dashboard('/products/0199ffff-0000-7000-8000-000000000000'), people.owner);
  await visitor.page.getByText('This no longer exists').waitFor();
  await visitor.look('dashboard-product');
  await visitor.page.getByRole('link', { name: 'Back to products' }).click();
  await visitor.page.getByRole('table', { name: 'Products' }).waitFor();
});

test('a host that nobody knows gets a page of its own', async ({ visit, site }) => {
  const visitor = await visit();
  visitor.expect(/status of (404|421)/);
  const answer = await visitor.open(site.on('unknown.test'));
  assert.ok([404, 421].includes(answer.status()), String(answer.status()));
  await visitor.look('unknown-host');
});
