import assert from 'node:assert/strict';
import { test } from '../support/journey.mjs';
import { chooseTransfer, goToCheckout, pay } from '../support/shopping.mjs';
import { people } from '../support/site.mjs';

const bar = (page) => page.getByRole('toolbar', { name: 'selected' });

test('chosen products are archived together, and what cannot be published is named', async ({ visit, site }) => {
  const visitor = await visit();
  visitor.expect(/status of 409/);
  const { page } = visitor;
  await visitor.signIn(site.dashboard('/products?q=plate&sort=title'), people.owner);
  const table = page.getByRole('table', { name: 'Products' });
  await table.getByRole('checkbox', { name: 'Select Tartine Side Plate' }).check({ force: true });
  await bar(page).getByText('1 selected').waitFor();
  await visitor.look('products-bulk');
  await bar(page).getByRole('button', { name: 'Archive' }).click();
  await page.getByText('1 archived').waitFor();
  await bar(page).waitFor({ state: 'detached' });
  await visitor.settle();
  await table.getByRole('checkbox', { name: 'Select all' }).check({ force: true });
  const chosen = Number((await bar(page).innerText()).match(/\d+/)[0]);
  assert.ok(chosen > 1, `${chosen} plates`);
  await bar(page).getByRole('button', { name: 'Publish' }).click();
  await page.getByText(new RegExp(`^${chosen - 1} of ${chosen} published\\. Not done: Tartine Side Plate: `)).waitFor();
  await bar(page).getByText('1 selected').waitFor();
  await visitor.look('products-not-all');
});

test('orders are narrowed by their payment, sorted, and marked as paid together', async ({ visit, site }) => {
  const customer = await visit();
  await goToCheckout(customer, site.acme('/products/petit-noir-espresso-cup'), 'lists@example.test');
  await chooseTransfer(customer.page);
  await pay(customer);

  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(site.dashboard('/orders'), people.owner);
  const table = page.getByRole('table', { name: 'Orders' });
  await table.waitFor();
  await page.getByRole('button', { name: 'Payment', exact: true }).click();
  await page.getByRole('radio', { name: 'Pending', exact: true }).check({ force: true });
  await page.waitForURL(/payment_status=pending/);
  await page.getByText('Payment: Pending').waitFor();
  await table.getByRole('button', { name: 'Total' }).click();
  await page.waitForURL(/sort=total/);
  await visitor.settle();
  await visitor.look('orders-narrowed');
  await table.getByRole('checkbox', { name: 'Select all' }).check({ force: true });
  await bar(page).getByRole('button', { name: 'Mark as paid' }).click();
  await page.getByText(/^\d+ marked as paid$/).waitFor();
  await page.getByText('Nothing matches').waitFor();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await table.waitFor();
  await visitor.settle();
  const numbers = await table.getByRole('link').allInnerTexts();
  await table.getByRole('link').first().click();
  await page.getByRole('link', { name: 'Next record' }).click();
  const second = numbers[1].match(/#\d+/)[0];
  await page.getByRole('heading', { name: second, level: 1 }).waitFor();
});

test('the palette finds products, orders and customers', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(site.dashboard('/dashboard'), people.owner);
  await page.getByRole('heading', { name: 'Dashboard', level: 1 }).waitFor();
  await visitor.settle();
  const option = async (words, name) => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search' }).fill(words);
    await page.getByRole('option', { name }).waitFor();
  };
  await option('morning', /Morning Mug/);
  await visitor.look('palette');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Morning Mug', level: 1 }).waitFor();
  await option('#1003', /#1003/);
  await page.keyboard.press('Escape');
  await option(people.customer.email, /^Casey Customer/);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Casey Customer', level: 1 }).waitFor();
});
