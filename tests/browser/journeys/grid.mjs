// Prices and stock of several products at once.
import assert from 'node:assert/strict';
import { test } from '../support/journey.mjs';
import { people } from '../support/site.mjs';

const cell = (page, row, column) => page.locator(`[data-cell="${row}:${column}"] input`);
const saveBar = (page) => page.getByRole('region', { name: 'Unsaved changes' });
const figures = (page, column) => page.locator(`[data-cell$=":${column}"] input`).evaluateAll((fields) => fields.map((field) => field.value));

/** Chooses the first products of the list and opens the grid with them. */
async function openGrid(visitor, site, count) {
  const { page } = visitor;
  await visitor.signIn(site.dashboard('/products?status=active&sort=title'), people.owner);
  const boxes = page.getByRole('table', { name: 'Products' }).locator('tbody').getByRole('checkbox');
  await boxes.first().waitFor();
  for (let at = 0; at < count; at += 1) await boxes.nth(at).check();
  await page.getByRole('button', { name: 'Edit prices and stock' }).click();
  await page.getByRole('heading', { name: 'Prices and stock', level: 1 }).waitFor();
  await visitor.settle();
}

/** Pastes as a spreadsheet does. */
async function paste(field, text) {
  await field.evaluate((input, text) => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}

/** What is sent to the API while `act` is done. */
async function sent(page, act) {
  const seen = [];
  const note = (request) => { if (request.method() !== 'GET') seen.push(request); };
  page.on('request', note);
  await act();
  page.off('request', note);
  return seen;
}

/** Writes drafts, so that the list has more than one page. */
async function addDrafts(page, { email, password }, count) {
  await page.evaluate(async ({ email, password, count }) => {
    const post = (path, body, token) => fetch(`/api/v1/store${path}`, {
      method: 'POST', headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) }, body: JSON.stringify(body),
    });
    const { access_token: token } = await (await post('/auth/login', { email, password })).json();
    for (let at = 1; at <= count; at += 1) await post('/products', { title: `Sample ${at}`, variants: [{ price_minor: 100 }] }, token);
  }, { email, password, count });
}

test('prices and stock are pasted from a spreadsheet and saved', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await openGrid(visitor, site, 3);
  await visitor.look('start');
  const before = await figures(page, 0);
  const stock = await figures(page, 2);
  await paste(cell(page, 0, 0), '41,50\t\t17\r\n42.25\t60\t18\r\n');
  assert.deepEqual((await figures(page, 0)).slice(0, 3), ['41,50', '42.25', before[2]], 'the rest stays');
  await visitor.look('pasted');
  const requests = await sent(page, async () => {
    await saveBar(page).getByRole('button', { name: 'Save' }).click();
    await page.getByText(/products? saved/).waitFor();
  });
  const puts = requests.filter((request) => request.method() === 'PUT');
  assert.ok(puts.length >= 1);
  for (const put of puts) assert.match(put.headers()['if-match'] ?? '', /\d/, 'every change names the state it was made from');
  assert.equal(requests.length - puts.length, [17, 18].filter((units, at) => String(units) !== stock[at]).length, 'a change of stock each');
  await page.reload();
  await visitor.settle();
  const prices = await figures(page, 0);
  assert.deepEqual(prices.slice(0, 3), ['41.50', '42.25', before[2]]);
  assert.deepEqual((await figures(page, 2)).slice(0, 2), ['17', '18']);
  await cell(page, 0, 0).fill(before[0]);
  await cell(page, 1, 0).fill(before[1]);
  await saveBar(page).getByRole('button', { name: 'Save' }).click();
  await page.getByText(/products? saved/).first().waitFor();
});

test('a cell that cannot be read says so, and nothing at all is sent', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await openGrid(visitor, site, 3);
  const requests = await sent(page, async () => {
    await paste(cell(page, 0, 0), '12.00\n19.999\n');
    await cell(page, 2, 2).fill('many');
    await saveBar(page).getByRole('button', { name: 'Save' }).click();
    await page.getByText('can be read in two ways').waitFor();
    await page.getByText('“many” is not a number').waitFor();
  });
  assert.deepEqual(requests.map((request) => request.url()), []);
  assert.equal(await cell(page, 1, 0).getAttribute('aria-invalid'), 'true');
  await visitor.look('unreadable');
  await cell(page, 0, 0).press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.closest('[data-cell]').dataset.cell), '1:0', 'Enter leads down');
  await page.getByRole('button', { name: 'Discard' }).click();
});

test('what somebody else has changed meanwhile is not written over', async ({ visit, site }) => {
  const visitor = await visit();
  visitor.expect(/status of 412/);
  const { page } = visitor;
  await openGrid(visitor, site, 2);
  const other = await page.context().newPage();
  await other.goto(page.url());
  await cell(other, 0, 1).fill('99.00');
  await saveBar(other).getByRole('button', { name: 'Save' }).click();
  await other.getByText('1 product saved').waitFor();
  await cell(page, 0, 1).fill('98.00');
  await saveBar(page).getByRole('button', { name: 'Save' }).click();
  await page.getByText(/was not saved/).waitFor();
  await visitor.look('stale');
  await page.getByRole('button', { name: 'Discard' }).click();
  await visitor.settle();
  assert.equal(await cell(page, 0, 1).inputValue(), '99.00');
  await cell(page, 0, 1).fill('');
  await saveBar(page).getByRole('button', { name: 'Save' }).click();
  await page.getByText('1 product saved').waitFor();
});

test('all that a filter finds is archived, and not only the first page', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.open(site.dashboard('/login'));
  // Who asks the API for a token is signed in afterwards.
  await addDrafts(page, people.owner, 3);
  await visitor.open(site.dashboard('/products'));
  await page.getByRole('table', { name: 'Products' }).waitFor();
  await page.getByRole('checkbox', { name: 'Select all' }).first().check();
  await page.getByRole('button', { name: 'Choose all that match' }).click();
  await visitor.settle();
  const total = Number((await page.locator('.ui-bulk-bar__count').textContent()).match(/\d+/)[0]);
  assert.ok(total > 20, `${total} products are more than a page`);
  await page.getByRole('button', { name: 'Archive', exact: true }).first().click();
  await page.getByRole('dialog', { name: `Archive ${total} products?` }).waitFor();
  await visitor.look('whole-filter');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
});
