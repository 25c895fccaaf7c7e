import assert from 'node:assert/strict';
import { test } from '../support/journey.mjs';
import { people } from '../support/site.mjs';

const WRITES = /^(Add|Save|New|Import|Publish|Archive|Adjust|Fulfil\b|Mark|Cancel order|Edit|Remove)/;

/** Calls the dashboard's API the way its app does, as somebody. */
async function call(page, { email, password }, method, path, body) {
  return page.evaluate(async ({ email, password, method, path, body }) => {
    const headers = { 'content-type': 'application/json' };
    const post = (to, data) => fetch(to, { method: 'POST', headers, body: JSON.stringify(data) });
    const { access_token: token } = await (await post('/api/v1/store/auth/login', { email, password })).json();
    const answer = await fetch(`/api/v1/store${path}`, { method, headers: { ...headers, authorization: `Bearer ${token}` }, body: JSON.stringify(body) });
    return { status: answer.status, problem: await answer.json() };
  }, { email, password, method, path, body });
}

test('a viewer reads everything of theirs and finds no button that writes', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(site.dashboard(), people.viewer);
  await page.getByRole('heading', { name: 'Dashboard', level: 1 }).waitFor();
  await visitor.look('viewer-dashboard');
  for (const [path, title] of [['/products', 'Products'], ['/categories', 'Categories'], ['/orders', 'Orders'], ['/inventory', 'Inventory']]) {
    await visitor.open(site.dashboard(path));
    await page.getByRole('heading', { name: title, level: 1 }).waitFor();
    await visitor.settle();
    const main = page.getByRole('main');
    assert.equal(await main.getByRole('button', { name: WRITES }).count(), 0, `buttons on ${path}`);
    assert.equal(await main.getByRole('link', { name: WRITES }).count(), 0, `links on ${path}`);
  }
  await visitor.open(site.dashboard('/products?q=morning'));
  await page.getByRole('link', { name: /Morning Mug/ }).click();
  await page.getByRole('heading', { name: 'Morning Mug', level: 1 }).waitFor();
  await visitor.settle();
  assert.equal(await page.getByRole('main').getByRole('button', { name: WRITES }).count(), 0, 'buttons of a product');
  await visitor.look('viewer-product');
  await visitor.open(site.dashboard('/orders'));
  await page.getByRole('link', { name: /#\d+/ }).first().click();
  await page.getByRole('heading', { name: 'Timeline' }).waitFor();
  assert.equal(await page.getByRole('main').getByRole('button', { name: WRITES }).count(), 0, 'buttons of an order');
});

test('a page that a role may not read names the right and who can give it', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  const asked = [];
  page.on('response', (answer) => { if (answer.status() === 403) asked.push(answer.url()); });
  await visitor.signIn(site.dashboard(), people.viewer);
  await page.getByRole('heading', { name: 'Dashboard', level: 1 }).waitFor();
  for (const [path, right] of [['/customers', 'customers.read'], ['/settings', 'settings.read'], ['/settings?tab=shipping', 'settings.read'], ['/products/new', 'products.write']]) {
    await visitor.open(site.dashboard(path));
    await page.getByText('This page is not for your role').waitFor();
    await page.getByText(right).waitFor();
    await page.getByText('Ask the owner of Atelier Acme').waitFor();
    assert.equal(await page.getByText('Something went wrong').count(), 0, path);
  }
  await visitor.look('viewer-settings');
  assert.deepEqual(asked, [], 'nothing is asked for that would be refused');
  await visitor.open(site.dashboard('/imports'));
  await page.getByRole('heading', { name: 'Imports', level: 1 }).waitFor();
  await visitor.settle();
  assert.equal(await page.locator('input[type=file]').count(), 0, 'nobody is asked for a file that would be refused');
  await visitor.look('viewer-imports');
});

test('the API refuses a viewer who writes anyway', async ({ visit, site }) => {
  const visitor = await visit();
  visitor.expect(/status of 403/);
  await visitor.open(site.dashboard('/login'));
  const { status, problem } = await call(visitor.page, people.viewer, 'POST', '/categories', { name: 'Smuggled', description: '' });
  assert.equal(status, 403, JSON.stringify(problem));
});

test('the owner of globex is told that acme is not theirs', async ({ visit, site }) => {
  const visitor = await visit();
  visitor.expect(/status of 40[34]/);
  const { page } = visitor;
  await visitor.signIn(site.dashboard(), people.globexOwner);
  await page.getByRole('heading', { name: 'This is not your store' }).waitFor();
  await visitor.look('not-your-store');
  const { status } = await call(page, people.globexOwner, 'GET', '/products');
  assert.ok([403, 404].includes(status), String(status));
});

test('staff choose their store on the platform\'s own host', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(site.on('localhost', '/store/login'), people.owner);
  await page.getByRole('heading', { name: 'Choose a store' }).waitFor();
  await visitor.look('chooser');
  await page.getByRole('link', { name: /Atelier Acme/ }).click();
  await page.getByRole('heading', { name: 'Dashboard', level: 1 }).waitFor();
});
