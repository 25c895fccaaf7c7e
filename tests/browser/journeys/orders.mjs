import assert from 'node:assert/strict';
import { test } from '../support/journey.mjs';
import { people } from '../support/site.mjs';
import { chooseTransfer, goToCheckout, pay, track } from '../support/shopping.mjs';

const EMAIL = 'fiona@example.test';

test('an order is paid and fulfilled, and its customer sees it', async ({ visit, site }) => {
  const customer = await visit();
  await goToCheckout(customer, site.acme('/products/petit-noir-espresso-cup'), EMAIL);
  await chooseTransfer(customer.page);
  const number = await pay(customer);

  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(site.dashboard('/orders'), people.owner);
  await page.getByRole('table', { name: 'Orders' }).waitFor();
  await visitor.look('list');
  await page.getByRole('searchbox', { name: 'Search orders' }).fill(EMAIL);
  await page.waitForURL(/q=/);
  await page.getByRole('link', { name: new RegExp(`#${number}`) }).click();
  await page.getByRole('heading', { name: `#${number}`, level: 1 }).waitFor();
  assert.match(await page.locator('address').first().innerText(), /\nLuxembourg$/, 'the country is a name');
  await visitor.look('detail-placed');
  await page.getByRole('button', { name: 'Mark as paid' }).click();
  await page.getByText('Paid', { exact: true }).first().waitFor();
  await page.getByRole('main').getByRole('button', { name: 'Fulfil', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Fulfil items' });
  await dialog.getByRole('textbox', { name: /Carrier/ }).fill('Post Luxembourg');
  await dialog.getByRole('textbox', { name: /Tracking number/ }).fill('LU123456789');
  await visitor.look('fulfil');
  await dialog.getByRole('button', { name: 'Fulfil items' }).click();
  await page.getByText('Fulfilled', { exact: true }).first().waitFor();
  await page.waitForFunction(() => document.activeElement === document.querySelector('main'), null, { timeout: 5_000 });
  await visitor.look('detail-fulfilled');

  await track(customer, site.acme('/track'), number, EMAIL);
  await customer.page.getByText('LU123456789').waitFor();
  await customer.page.getByText('Your order is on its way.').waitFor();
  await customer.look('tracked');
});

test('an order is cancelled with a reason', async ({ visit, site }) => {
  const customer = await visit();
  await goToCheckout(customer, site.acme('/products/petit-noir-espresso-cup'), 'cancel@example.test');
  await chooseTransfer(customer.page);
  const number = await pay(customer);

  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(site.dashboard(`/orders?q=${number}`), people.owner);
  await page.getByRole('link', { name: new RegExp(`#${number}`) }).click();
  await page.getByRole('main').getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Cancel order' }).click();
  const dialog = page.getByRole('dialog', { name: 'Cancel this order?' });
  await dialog.getByRole('textbox', { name: /Reason/ }).fill('Ordered by mistake');
  await visitor.look('cancel');
  await dialog.getByRole('button', { name: 'Cancel order' }).click();
  await page.getByText('Cancelled', { exact: true }).first().waitFor();

  await track(customer, site.acme('/track'), number, 'cancel@example.test');
  await customer.page.getByText('This order was cancelled.').waitFor();
});

test('orders that need something are found by their state', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(site.dashboard(), people.owner);
  await page.getByRole('link', { name: /orders? to fulfil/ }).click();
  await page.waitForURL(/status=confirmed/);
  await page.getByRole('table', { name: 'Orders' }).waitFor();
  await visitor.look('to-fulfil');
});
