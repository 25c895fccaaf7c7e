import assert from 'node:assert/strict';
import { test } from '../support/journey.mjs';
import { people } from '../support/site.mjs';

const titles = (page) => page.getByRole('table', { name: 'Products' }).locator('.font-medium').allTextContents();

async function addValues(page, ...values) {
  const field = page.getByLabel('Values', { exact: true });
  for (const value of values) {
    await field.fill(value);
    await field.press('Enter');
  }
}

async function describe(page) {
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Rain Barrel Pitcher');
  await page.getByRole('textbox', { name: 'Description', exact: true }).fill('Holds a litre and pours without a drop on the cloth.');
  await page.getByRole('button', { name: 'Add option' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Glaze');
  await addValues(page, 'Moss', 'Slate');
  for (const [place, price, sku] of [[0, '39.00', 'RBP-MO'], [1, '42.50', 'RBP-SL']]) {
    const variant = page.locator(`[data-variant="${place}"]`);
    await variant.getByLabel('Price').fill(price);
    await variant.getByLabel('SKU').fill(sku);
    await variant.getByLabel('On hand').fill('7');
    await variant.getByLabel('On hand').blur();
  }
  await page.getByRole('checkbox', { name: 'Serving' }).check();
}

test('the owner signs in and sees figures and a chart', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.open(site.dashboard());
  await page.getByRole('heading', { name: 'Sign in to Atelier Acme' }).waitFor();
  await visitor.look('login');
  await visitor.signIn(site.dashboard(), people.owner);
  for (const figure of ['Revenue, 7 days', 'Orders, 7 days', 'Average order, 7 days', 'Items sold, 7 days']) {
    await page.getByText(figure, { exact: true }).waitFor();
  }
  await page.locator('svg.ui-chart__svg, .ui-chart svg').first().waitFor();
  await page.getByRole('heading', { name: 'Needs doing' }).waitFor();
  await visitor.look('dashboard');
  await page.reload();
  await page.getByRole('heading', { name: 'Dashboard', level: 1 }).waitFor();
});

test('products are searched, sorted and narrowed, and the address remembers', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(site.dashboard('/products'), people.owner);
  await page.getByRole('table', { name: 'Products' }).waitFor();
  await visitor.look('list');
  await page.getByRole('button', { name: 'Product', exact: true }).click();
  await page.waitForURL(/sort=title/);
  await visitor.settle();
  const sorted = await titles(page);
  assert.deepEqual(sorted, [...sorted].sort((a, b) => a.localeCompare(b)), 'sorted by title');
  await page.getByRole('searchbox', { name: 'Search products' }).fill('mug');
  await page.waitForURL(/q=mug/);
  await visitor.settle();
  const found = await titles(page);
  assert.ok(found.includes('Morning Mug'), found.join(', '));
  await page.reload();
  await visitor.settle();
  assert.deepEqual(await titles(page), found, 'the same after a reload');
  await page.getByRole('searchbox', { name: 'Search products' }).fill('nothing-like-this');
  await page.getByText('Nothing matches').waitFor();
  await visitor.look('list-empty');
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByRole('table', { name: 'Products' }).waitFor();
  await page.getByRole('link', { name: 'Draft' }).or(page.getByRole('tab', { name: 'Draft' })).first().click();
  await page.waitForURL(/status=draft/);
  await visitor.settle();
  assert.ok((await titles(page)).length > 0, 'there is a draft');
});

test('a product with options is created, published and sold', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(site.dashboard('/products'), people.owner);
  await page.getByRole('link', { name: 'Add product' }).click();
  await page.getByRole('heading', { name: 'New product' }).waitFor();
  await describe(page);
  await visitor.look('new');
  await page.getByRole('button', { name: 'Save draft' }).click();
  await page.getByRole('heading', { name: 'Rain Barrel Pitcher', level: 1 }).waitFor();
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByText('It is in the shop.').waitFor();
  await visitor.look('published');
  await page.getByRole('textbox', { name: 'Vendor' }).fill('Atelier Acme');
  await visitor.look('unsaved');
  await page.getByRole('region', { name: 'Unsaved changes' }).getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();

  const customer = await visit();
  await customer.open(site.acme('/search?q=pitcher'));
  await customer.page.getByRole('main').getByRole('link', { name: /Rain Barrel Pitcher/ }).click();
  await customer.page.getByRole('radio', { name: 'Slate' }).check({ force: true });
  await customer.page.getByText('€42.50').first().waitFor();
  await customer.look('in-the-shop');
});

test('a description is formatted, and its pictures are ordered and described', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(site.dashboard('/products/new'), people.owner);
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Dew Jug');
  await page.getByRole('textbox', { name: 'Price', exact: true }).fill('24.00');
  const text = page.getByRole('textbox', { name: 'Description', exact: true });
  await text.click();
  await page.keyboard.type('Thrown in ');
  await page.getByRole('button', { name: 'Bold' }).click();
  await page.keyboard.type('one go');
  await page.keyboard.press('Control+b');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'List', exact: true }).click();
  await page.keyboard.type('a <litre>');
  await page.keyboard.press('Enter');
  await page.keyboard.type('from the kiln');
  await page.keyboard.press('Shift+Control+ArrowLeft');
  await page.getByRole('button', { name: 'Link', exact: true }).click();
  const asked = page.getByRole('dialog', { name: 'Link' });
  await asked.getByLabel('Address').fill('example.com');
  await page.keyboard.press('Enter');
  await asked.waitFor({ state: 'hidden' });
  await visitor.look('formatted');
  await page.getByRole('button', { name: 'HTML' }).click();
  assert.equal(
    await text.inputValue(),
    '<p>Thrown in <b>one go</b></p><ul><li>a &lt;litre&gt;</li><li>from the <a href="https://example.com">kiln</a></li></ul>',
  );
  const picture = await page.screenshot({ clip: { x: 0, y: 0, width: 320, height: 400 } });
  await page.locator('input[type=file]').setInputFiles([1, 2].map((n) => ({ name: `jug-${n}.png`, mimeType: 'image/png', buffer: picture })));
  await page.getByRole('button', { name: 'Remove jug-2.png' }).waitFor();
  await page.getByRole('button', { name: 'Save draft' }).click();
  await page.getByRole('heading', { name: 'Dew Jug', level: 1 }).waitFor();
  await page.getByRole('textbox', { name: 'Vendor' }).fill('Atelier Acme');
  await page.getByRole('button', { name: 'Describe picture' }).first().click();
  await page.getByLabel('What it shows').fill('A jug from the side');
  await page.keyboard.press('Enter');
  await page.getByText('Description saved').waitFor();
  await page.getByRole('button', { name: 'Move right' }).first().click();
  const tiles = page.locator('li[id^=picture-]');
  await tiles.nth(1).getByRole('img', { name: 'A jug from the side' }).waitFor();
  assert.equal(await tiles.nth(1).getByRole('button', { name: 'Move left' }).evaluate((button) => button === document.activeElement), true, 'the keyboard stays with the picture');
  assert.equal(await page.getByRole('textbox', { name: 'Vendor' }).inputValue(), 'Atelier Acme', 'what is typed outlives a change of pictures');
  await visitor.look('pictures');
  await page.getByRole('region', { name: 'Unsaved changes' }).getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved', { exact: true }).waitFor();
});

test('what is archived is brought back with a press', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(site.dashboard('/products?q=mug&status=active'), people.owner);
  await page.getByRole('table', { name: 'Products' }).getByRole('link', { name: 'Morning Mug' }).click();
  await page.getByRole('button', { name: 'Archive' }).click();
  await page.getByText('It is out of the shop').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('It is in the shop again').waitFor();
  await page.getByText('It is in the shop.', { exact: true }).waitFor();
});

test('categories change places, and one is added and deleted', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(site.dashboard('/categories'), people.owner);
  const table = page.getByRole('table', { name: 'Categories' });
  const names = () => table.locator('.font-medium').allTextContents();
  await table.waitFor();
  await visitor.settle();
  const [first, second] = await names();
  await page.getByRole('button', { name: `Move ${first} down` }).click();
  await page.getByText('Order saved').waitFor();
  await visitor.settle();
  assert.deepEqual((await names()).slice(0, 2), [second, first]);
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), `Move ${first} down`, 'the keyboard stays with the category');
  await page.getByRole('button', { name: `Move ${first} up` }).click();
  await page.getByText('Order saved').nth(1).waitFor();
  await page.getByRole('button', { name: 'Add category' }).click();
  await page.getByRole('dialog', { name: 'Add category' }).getByLabel('Name').fill('Lids');
  await page.getByRole('dialog', { name: 'Add category' }).getByRole('button', { name: 'Save' }).click();
  await page.getByText('Category saved').waitFor();
  await visitor.settle();
  assert.equal((await names()).at(-1), 'Lids', 'a new one comes last');
  await visitor.look('categories');
  await page.getByRole('button', { name: 'Delete Lids' }).click();
  await page.getByRole('dialog', { name: 'Delete Lids?' }).getByRole('button', { name: 'Delete' }).click();
  await page.getByText('Category deleted').waitFor();
});

test('a form that is wrong says so at its fields', async ({ visit, site }) => {
  const visitor = await visit();
  visitor.expect(/status of 422/);
  const { page } = visitor;
  await visitor.signIn(site.dashboard('/products/new'), people.owner);
  // Nothing typed is nothing to save.
  await page.getByRole('textbox', { name: 'Vendor' }).fill('Atelier Acme');
  await page.getByRole('button', { name: 'Save draft' }).click();
  await page.getByRole('alert').first().waitFor();
  await visitor.look('new-errors');
});
