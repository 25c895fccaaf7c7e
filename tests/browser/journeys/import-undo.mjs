import assert from 'node:assert/strict';
import { figure, importFile } from '../support/importing.mjs';
import { test } from '../support/journey.mjs';
import { chooseTransfer, goToCheckout, pay } from '../support/shopping.mjs';

const CANDLES = [
  'Handle,Title,Vendor,Published,Variant SKU,Variant Price',
  'beeswax-candle,Beeswax candle,Kerze,TRUE,CA-1,9.00',
  'tallow-candle,Tallow candle,Kerze,TRUE,CA-2,4.00',
  'soy-candle,Soy candle,Kerze,TRUE,CA-3,6.00',
].join('\n');
const LAMPS = 'Handle,Title,Published,Variant SKU,Variant Price\nstorm-lamp,Storm lamp,TRUE,LA-1,39.00';

test('an import is undone: what would happen is told before, and what somebody has changed stays', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await importFile(visitor, site, { name: 'candles.csv', mimeType: 'text/csv', buffer: Buffer.from(CANDLES) });
  await page.getByText('Products were written', { exact: true }).waitFor();
  const report = page.url();
  await visitor.look('undo-offered');
  await page.getByRole('link', { name: 'See products' }).click();
  await page.getByRole('link', { name: /Beeswax candle/ }).first().click();
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Candle of ours');
  await page.getByRole('region', { name: 'Unsaved changes' }).getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Candle of ours', level: 1 }).waitFor();
  await visitor.open(report);
  await page.getByRole('button', { name: 'Undo this import' }).click();
  const dialog = page.getByRole('dialog', { name: 'Undo this import?' });
  await dialog.getByText('2 products that it made go.').waitFor();
  await dialog.getByText('1 product stays as it is:').waitFor();
  await dialog.getByRole('link', { name: 'Candle of ours' }).waitFor();
  await visitor.look('undo-dialog');
  await dialog.getByRole('button', { name: 'Undo import' }).click();
  await page.getByText(/Undone by/).waitFor();
  assert.deepEqual([await figure(page, 'Removed'), await figure(page, 'Left as they are')], ['2', '1']);
  await page.getByText('It was changed since the import.').waitFor();
  await visitor.look('undo-done');
  visitor.expect(/status of 404/);
  const sold = (slug) => page.evaluate(async (product) => (await fetch(`/api/v1/storefront/products/${product}`)).status, slug);
  assert.deepEqual([await sold('tallow-candle'), await sold('beeswax-candle')], [404, 200]);
});

test('an import of which something was sold is not undone', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await importFile(visitor, site, { name: 'lamps.csv', mimeType: 'text/csv', buffer: Buffer.from(LAMPS) });
  await page.getByText('Products were written', { exact: true }).waitFor();
  const customer = await visit();
  await goToCheckout(customer, site.acme('/products/storm-lamp'), 'lamp@example.test');
  await chooseTransfer(customer.page);
  await pay(customer);
  await page.getByRole('button', { name: 'Undo this import' }).click();
  const dialog = page.getByRole('dialog', { name: 'This import cannot be undone' });
  await dialog.getByText('1 product of it was ordered since.').waitFor();
  assert.equal(await dialog.getByRole('button', { name: 'Undo import' }).count(), 0);
  await visitor.look('undo-sold');
  await dialog.getByRole('button', { name: 'Close' }).first().click();
  await page.getByRole('button', { name: 'Undo this import' }).waitFor();
});
