import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from '../support/journey.mjs';
import { people } from '../support/site.mjs';

test('the records of a list are taken away as a file', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(site.dashboard('/orders?status=confirmed'), people.owner);
  await page.getByRole('link', { name: 'Export these' }).click();
  await page.getByRole('heading', { name: 'Exports', level: 1 }).waitFor();
  assert.equal(await page.getByLabel('What').inputValue(), 'orders');
  await page.getByText('status=confirmed').first().waitFor();
  await visitor.look('ask');
  await page.getByRole('button', { name: 'Write the file' }).click();
  const row = page.getByRole('table', { name: 'Exports' }).getByRole('row').filter({ hasText: 'orders' }).first();
  await row.getByText('Ready').waitFor();
  await visitor.look('ready');
  const coming = page.waitForEvent('download');
  await row.getByRole('link', { name: /^Download/ }).click();
  const download = await coming;
  assert.match(download.suggestedFilename(), /^acme-orders-\d{4}-\d\d-\d\d\.csv$/);
  const text = await readFile(await download.path(), 'utf8');
  assert.match(text, /^\ufeffOrder,Placed at,Status/);
  assert.ok(text.split('\r\n').slice(1, -1).every((line) => line.includes(',confirmed,')), 'only what the list shows');
});

test('the owner takes the whole store away as one archive and sees what is in it', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(site.dashboard('/exports'), people.owner);
  await page.getByLabel('What').selectOption({ label: 'The whole store' });
  await page.getByText('One file with everything').waitFor();
  assert.equal(await page.getByLabel('Format').inputValue(), 'zip');
  await visitor.look('ask-store');
  await page.getByRole('button', { name: 'Write the file' }).click();
  const row = page.getByRole('table', { name: 'Exports' }).getByRole('row').filter({ hasText: 'The whole store' }).first();
  await row.getByText('Ready').waitFor();
  await page.getByText(/^What is in acme-store-/).first().click();
  const contents = page.getByRole('table', { name: /^Files in acme-store-/ }).first();
  await contents.getByText('products.jsonl').waitFor();
  await contents.getByText('pictures/').waitFor();
  await visitor.look('contents');
  const coming = page.waitForEvent('download');
  await row.getByRole('link', { name: /^Download/ }).click();
  const download = await coming;
  assert.match(download.suggestedFilename(), /^acme-store-\d{4}-\d\d-\d\d\.zip$/);
  const bytes = await readFile(await download.path());
  assert.equal(bytes.subarray(0, 4).toString('latin1'), 'PK\x03\x04');
  assert.ok(bytes.includes('manifest.json') && bytes.includes('README.txt'));
});

test('who may not take the whole store away is not offered it', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(site.dashboard('/exports'), people.viewer);
  await page.getByRole('heading', { name: 'Exports', level: 1 }).waitFor();
  const offered = await page.getByLabel('What').locator('option').allTextContents();
  assert.ok(offered.includes('Orders') && !offered.includes('The whole store'), offered.join(', '));
});
