import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { figure, importFile, upload } from '../support/importing.mjs';
import { test } from '../support/journey.mjs';
import { realExport } from '../support/paths.mjs';
import { addToCart } from '../support/shopping.mjs';
import { people } from '../support/site.mjs';

const COLUMNS = [
  'Handle', 'Title', 'Body (HTML)', 'Vendor', 'Type', 'Tags', 'Published', 'Option1 Name', 'Option1 Value', 'Variant SKU', 'Variant Grams',
  'Variant Inventory Tracker', 'Variant Inventory Qty', 'Variant Inventory Policy', 'Variant Price', 'Variant Requires Shipping', 'Variant Taxable',
];
const LINENS = ['Napkin', 'Tablecloth', 'Apron', 'Tea Towel', 'Oven Glove', 'Runner', 'Bread Bag', 'Coaster', 'Pot Holder', 'Placemat'];

/** Ten products in two colours; the first of them with a price that is none, when wanted. */
function file({ broken }) {
  const rows = LINENS.flatMap((name, at) => ['Flax', 'Indigo'].map((colour, variant) => {
    const handle = `linen-${name.toLowerCase().replace(' ', '-')}`;
    const price = broken && at === 0 && variant === 1 ? 'abc' : `${12 + at}.50`;
    const first = variant === 0;
    return [
      handle, first ? `Linen ${name}` : '', first ? `<p>Woven in Trier, washed soft: a ${name.toLowerCase()}.</p>` : '', first ? 'Weberei Muster' : '',
      first ? 'Linen' : '', first ? 'linen' : '', first ? 'TRUE' : '', first ? 'Colour' : '', colour, `LIN-${at}-${variant}`, '180',
      'shopify', '12', 'deny', price, 'TRUE', 'TRUE',
    ];
  }));
  const text = [COLUMNS, ...rows].map((row) => row.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')).join('\r\n');
  return { name: broken ? 'linen-with-an-error.csv' : 'linen.csv', mimeType: 'text/csv', buffer: Buffer.from(`${text}\r\n`) };
}

const SPOONS = [
  'Handle,Title,Body (HTML),Vendor,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Price',
  'olive-wood-spoon,Olive Wood Spoon,<p>Carved in one piece.</p>,Legno,wood,TRUE,Title,Default Title,SPOON-1,shopify,7,9.80',
].join('\n');

const TRAYS = [
  'Handle,Title,Vendor,Published,Variant SKU,Variant Price',
  'oak-tray,Oak tray,Tablett,TRUE,TR-1,30.00',
  'ash-tray,Ash tray,Tablett,TRUE,TR-2,31.00',
].join('\n');
const FEWER_TRAYS = [
  'Handle,Title,Vendor,Type,Published,Variant SKU,Variant Price',
  'ash-tray,Another name,Tablett,Trays,TRUE,TR-2,99.00',
  'elm-tray,Elm tray,Tablett,Trays,TRUE,TR-3,32.00',
].join('\n');
const JUGS = [
  'Handle,Title,Type,Published,Variant SKU,Variant Price,Material',
  'jug-large,Large jug,Water jugs,TRUE,J-1,40.00,Stoneware',
  'jug-small,Small jug,Water jugs,TRUE,J-2,30.00,Glass',
].join('\n');

/** From the listing, newest first, to the page of a product. */
async function findInTheShop(customer, site, { title, price }) {
  const { page } = customer;
  await customer.open(site.acme('/products?sort=newest'));
  const card = page.getByRole('main').getByRole('listitem').filter({ hasText: title });
  assert.ok((await card.innerText()).includes(price), `the listing shows the price of ${title}`);
  await card.getByRole('link', { name: new RegExp(title) }).click();
  await page.getByRole('heading', { name: title, level: 1 }).waitFor();
  await page.getByRole('main').getByText(price).first().waitFor();
}

test('a file is tried, reports its bad row, and is imported', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(site.dashboard('/imports'), people.owner);
  await page.getByRole('heading', { name: 'Imports', level: 1 }).waitFor();
  await visitor.look('start');
  await upload(visitor, file({ broken: true }));
  await page.getByText('Trial: nothing was written').waitFor();
  const refused = page.getByRole('table', { name: 'Refused' });
  await refused.getByRole('cell', { name: '3', exact: true }).waitFor();
  await refused.getByText('Variant Price').waitFor();
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Rows as CSV' }).click();
  const rows = await readFile(await (await coming).path(), 'utf8');
  assert.match(rows, /^\ufeffRefused because,Handle,/);
  assert.match(rows, /expected a number, found “abc”/);
  await visitor.look('trial');

  const customer = await visit();
  await customer.open(site.acme('/search?q=linen'));
  await customer.page.getByText('No results for').first().waitFor();

  await visitor.open(site.dashboard('/imports'));
  await upload(visitor, file({ broken: false }));
  await page.getByText('Every row is fine.').waitFor();
  await visitor.look('trial-fine');
  await page.getByRole('button', { name: 'Import now' }).click();
  await page.getByText('Products were written', { exact: true }).waitFor();
  assert.equal(await figure(page, 'New products'), String(LINENS.length));
  assert.equal(await figure(page, 'Refused'), '0');
  assert.equal(await page.getByRole('table', { name: 'Refused' }).count(), 0, 'nothing was refused, so nothing is said about it');
  await visitor.look('report');

  await visitor.open(site.dashboard('/imports'));
  await page.getByRole('switch', { name: 'Try it first' }).click();
  await upload(visitor, file({ broken: false }));
  assert.equal(await figure(page, 'Unchanged'), String(LINENS.length), 'the same file again changes nothing');
  await visitor.open(site.dashboard('/imports'));
  await page.getByRole('table', { name: 'Imports' }).waitFor();
  await visitor.look('list');

  await customer.open(site.acme('/search?q=linen%20apron'));
  await customer.page.getByRole('main').getByRole('link', { name: /Linen Apron/ }).click();
  await customer.page.getByRole('radio', { name: 'Indigo' }).check({ force: true });
  await customer.page.locator('.shop-buy').getByRole('button', { name: 'Add to cart' }).waitFor();
  await customer.look('in-the-shop');
});

test('what was imported stands in the listing of the shop and on a page of its own', async ({ visit, site }) => {
  const visitor = await visit();
  await importFile(visitor, site, { name: 'spoons.csv', mimeType: 'text/csv', buffer: Buffer.from(SPOONS) });
  assert.equal(await figure(visitor.page, 'New products'), '1');
  const customer = await visit();
  await findInTheShop(customer, site, { title: 'Olive Wood Spoon', price: '€9.80' });
  await customer.page.getByText('Carved in one piece.').waitFor();
  await customer.look('spoon');
});

test('choices are made before the trial, hold in the import after it, and stand in its report', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await importFile(visitor, site, { name: 'trays.csv', mimeType: 'text/csv', buffer: Buffer.from(TRAYS) });
  await visitor.open(site.dashboard('/imports'));
  await page.getByRole('heading', { name: 'Choices' }).click();
  await page.getByLabel('Fields that hold something').selectOption('empty');
  await page.getByLabel('Putting on sale').selectOption('draft');
  await page.getByLabel('New variants of a file without quantities').selectOption('units');
  await visitor.look('choices');
  await page.locator('input[type=file]').setInputFiles({ name: 'empty.csv', mimeType: 'text/csv', buffer: Buffer.from(TRAYS) });
  await page.getByText('This is required.').waitFor();
  await page.getByLabel('Units of each').fill('12');
  await page.getByLabel('Products missing from the file').selectOption('archive');
  const csv = { name: 'trays-again.csv', mimeType: 'text/csv', buffer: Buffer.from(FEWER_TRAYS) };
  await upload(visitor, csv);
  assert.equal(await figure(page, 'Would be archived'), '1', 'the trial counts what is missing');
  await page.getByText('New variants without a quantity: 12 units each').waitFor();
  await visitor.look('choices-trial');
  await page.getByRole('button', { name: 'Import now' }).click();
  await page.getByText('Products were written', { exact: true }).waitFor();
  assert.deepEqual([await figure(page, 'New products'), await figure(page, 'Archived')], ['1', '1']);
  await page.getByText('Fields that hold something: they stay; only empty ones are filled').waitFor();
  await visitor.look('choices-report');
  const customer = await visit();
  await customer.open(site.acme('/search?q=Oak%20tray'));
  await customer.page.getByText('No results for').first().waitFor();
});

test('columns are shown with examples, said to be something else, and kept for the next file', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(site.dashboard('/imports'), people.owner);
  await upload(visitor, { name: 'jugs.csv', mimeType: 'text/csv', buffer: Buffer.from(JUGS) });
  await page.getByRole('heading', { name: 'Columns' }).click();
  await page.getByText('2 cells: “Stoneware”, “Glass”').waitFor();
  await page.getByLabel('What Material is').selectOption('metadata.material');
  await page.getByLabel('What Type is').selectOption('also_category');
  await page.getByLabel('Keep as').fill('Jug supplier');
  await page.getByRole('button', { name: 'Keep these columns' }).click();
  await page.getByText('Columns were kept for files with these headings').waitFor();
  assert.equal(await page.getByLabel('What Material is').inputValue(), 'metadata.material', 'what was chosen stays chosen');
  await visitor.look('columns');
  await visitor.open(site.dashboard('/imports'));
  await upload(visitor, { name: 'jugs-later.csv', mimeType: 'text/csv', buffer: Buffer.from(JUGS) });
  await page.getByRole('button', { name: 'Use “Jug supplier”' }).click();
  const first = page.url();
  await page.getByRole('button', { name: 'Try again with these columns' }).click();
  await page.waitForURL((url) => url.href !== first);
  await page.getByText(/rows were read/).waitFor();
  await page.getByRole('button', { name: 'Import now' }).click();
  await page.getByText('Products were written', { exact: true }).waitFor();
  await page.getByRole('heading', { name: 'Columns' }).waitFor();
  await page.getByText('Metadata “material”').waitFor();
  assert.equal(await figure(page, 'New products'), '2');
  await visitor.look('columns-report');
  await visitor.open(site.dashboard('/categories'));
  await page.getByText('Water jugs').first().waitFor();
});

test('a file in words that nobody knows is imported once its columns are named', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(site.dashboard('/imports'), people.owner);
  const csv = { name: 'kubki.csv', mimeType: 'text/csv', buffer: Buffer.from('Nazwa towaru;Cena brutto\nKubek z Krakowa;12,50\n') };
  await page.locator('input[type=file]').setInputFiles(csv);
  await page.getByText('The file could not be imported').waitFor();
  await page.getByLabel('What Nazwa towaru is').selectOption('title');
  await page.getByLabel('What Cena brutto is').selectOption('price');
  await visitor.look('unknown-words');
  await page.getByRole('button', { name: 'Try again with these columns' }).click();
  await page.getByText('Every row is fine.').waitFor();
  assert.equal(await figure(page, 'New products'), '1');
});

test('a real export of another shop is sold here', async ({ visit, site }) => {
  const csv = await readFile(realExport()).catch(() => null);
  test.skip(!csv, `there is no ${realExport()}`);
  const visitor = await visit();
  await importFile(visitor, site, { name: 'real.csv', mimeType: 'text/csv', buffer: csv });
  assert.equal(await figure(visitor.page, 'Refused'), '0');
  assert.ok(Number(await figure(visitor.page, 'New products')) > 10, 'most of the file is new');
  await visitor.look('real-report');
  const customer = await visit();
  await findInTheShop(customer, site, { title: 'Ocean Blue Shirt', price: '€50.00' });
  await addToCart(customer.page);
  await customer.look('real-product');
  return null;
});

test('a file with a wrong header is refused in one sentence', async ({ visit, site }) => {
  const visitor = await visit();
  visitor.expect(/status of 4(00|22)/);
  const { page } = visitor;
  await visitor.signIn(site.dashboard('/imports'), people.owner);
  await page.locator('input[type=file]').setInputFiles({ name: 'contacts.csv', mimeType: 'text/csv', buffer: Buffer.from('First,Last\nAda,Lovelace\n') });
  await page.getByText(/The file (was not taken|could not be imported)/).waitFor();
  assert.equal(await page.locator('.ui-stat').count(), 0, 'a file that came to nothing has no figures');
  await visitor.look('wrong-header');
});
