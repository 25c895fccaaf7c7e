import assert from 'node:assert/strict';
import { test } from '../support/journey.mjs';
import { people } from '../support/site.mjs';

test('the owner finds a customer, their orders, and the way back from an order', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(site.dashboard('/dashboard'), people.owner);
  await page.getByRole('link', { name: 'Customers', exact: true }).click();
  await page.getByRole('heading', { name: 'Customers', level: 1 }).waitFor();
  await page.getByRole('table', { name: 'Customers' }).waitFor();
  await visitor.look('list');
  await page.getByRole('searchbox', { name: 'Search customers' }).fill(people.customer.email);
  await page.waitForURL(/q=/);
  await visitor.settle();
  const rows = page.getByRole('table', { name: 'Customers' }).getByRole('row');
  assert.equal(await rows.count(), 2, 'the head and one customer');
  await rows.nth(1).getByRole('link').click();
  await page.getByText(people.customer.email).first().waitFor();
  const name = await page.getByRole('heading', { level: 1 }).innerText();
  await page.getByText('Default address').waitFor();
  await visitor.look('detail');
  await page.getByRole('table', { name: 'Orders' }).getByRole('link').first().click();
  await page.waitForURL(/\/store\/orders\//);
  await page.getByRole('main').getByRole('link', { name }).click();
  await page.getByRole('heading', { name, level: 1 }).waitFor();
});

test('a search that finds nobody says so', async ({ visit, site }) => {
  const visitor = await visit();
  await visitor.signIn(site.dashboard('/customers?q=zzzzzz'), people.owner);
  await visitor.page.getByText('Nothing matches').waitFor();
  await visitor.look('nobody');
});
