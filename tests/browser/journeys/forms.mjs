// What forms send, and what they say when the server refuses.
import assert from 'node:assert/strict';
import { test } from '../support/journey.mjs';
import { people } from '../support/site.mjs';

const UNREADABLE = ['', 'abc', '19.999', '1e3', '25 USD', '-4'];
const SAID = 'nobody has thought of this';

/** Requests that change something while `act` is done. */
async function sent(page, act) {
  const seen = [];
  const note = (request) => { if (request.method() !== 'GET' && !request.url().includes('/auth/')) seen.push(`${request.method()} ${request.url()}`); };
  page.on('request', note);
  await act();
  page.off('request', note);
  return seen;
}

async function addValues(page, ...values) {
  const field = page.getByLabel('Values', { exact: true });
  for (const value of values) {
    await field.fill(value);
    await field.press('Enter');
  }
}

const saveBar = (page) => page.getByRole('region', { name: 'Unsaved changes' });

async function save(page) {
  await saveBar(page).getByRole('button', { name: 'Save' }).click();
}

/** Answers the next change below `path` with a problem at a place that no form knows. */
async function refuse(page, path) {
  const problem = {
    type: 'about:blank', title: 'Some fields are wrong', status: 422, code: 'framework.invalid',
    errors: [{ pointer: '/somewhere/else', code: 'odd', detail: SAID }],
  };
  await page.route(`**/api/v1/store${path}`, async (route) => {
    if (route.request().method() === 'GET') return route.fallback();
    return route.fulfill({ status: 422, contentType: 'application/problem+json', body: JSON.stringify(problem) });
  });
}

test('a price that cannot be read is refused at its field and nothing is sent', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(site.dashboard('/products?q=Morning+Mug'), people.owner);
  await page.getByRole('table', { name: 'Products' }).getByRole('link', { name: /Morning Mug/ }).click();
  await page.getByRole('heading', { name: 'Morning Mug', level: 1 }).waitFor();
  const price = page.locator('[data-variant="0"]').getByLabel('Price', { exact: true });
  const before = await price.inputValue();
  for (const text of UNREADABLE) {
    const requests = await sent(page, async () => {
      await price.fill(text);
      await save(page);
      await page.getByText('Look at the fields that are marked.').waitFor();
    });
    assert.deepEqual(requests, [], `${text} was sent`);
    assert.equal(await price.getAttribute('aria-invalid'), 'true', text);
    assert.equal(await price.evaluate((field) => field === document.activeElement), true, `${text}: the field has the focus`);
  }
  await visitor.look('unreadable');
  await price.fill('0');
  assert.deepEqual(await sent(page, () => save(page)), [], 'nothing is given away by accident');
  await page.getByText('Give it away for free').waitFor();
  await price.fill(`€ ${before}`);
  await price.blur();
  assert.equal(await price.inputValue(), before, 'the own currency is read');
});

test('a value with another name, one more and one less keep the other variants', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(site.dashboard('/products/new'), people.owner);
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Carafe');
  await page.getByRole('textbox', { name: 'Price', exact: true }).fill('31.00');
  await page.getByRole('textbox', { name: 'SKU', exact: true }).fill('CAR-1');
  await page.getByRole('textbox', { name: 'On hand', exact: true }).fill('6');
  await page.getByRole('button', { name: 'Save draft' }).click();
  await page.getByRole('heading', { name: 'Carafe', level: 1 }).waitFor();
  const kept = page.locator('[data-variant="0"]');
  const isKept = async () => {
    assert.equal(await kept.getByLabel('SKU').inputValue(), 'CAR-1');
    assert.match(await kept.innerText(), /\b6\b/);
  };

  await page.getByRole('button', { name: 'Add option' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Volume');
  await addValues(page, '1,5 l', '2,0 l');
  await page.getByRole('group', { name: '2,0 l' }).waitFor();
  await isKept();
  await save(page);
  await page.getByText('Saved', { exact: true }).waitFor();
  await isKept();
  await visitor.look('option-added');

  await page.getByRole('button', { name: '1,5 l', exact: true }).click();
  await page.getByLabel('Change 1,5 l').fill('1,6 l');
  await page.getByLabel('Change 1,5 l').press('Enter');
  await page.getByRole('group', { name: '1,6 l' }).waitFor();
  await save(page);
  await saveBar(page).waitFor({ state: 'hidden' });
  await isKept();

  await page.getByRole('button', { name: 'Remove 1,6 l' }).click();
  visitor.expect(/status of 409/);
  await save(page);
  const asked = page.getByRole('dialog', { name: 'Take these variants out of the product?' });
  await asked.getByText('1,6 l (CAR-1): 6 units on hand').waitFor();
  await visitor.look('variant-asked');
  await asked.getByRole('button', { name: 'Take them out' }).click();
  await saveBar(page).waitFor({ state: 'hidden' });
  assert.equal(await page.getByRole('group', { name: '1,6 l' }).count(), 0);
});

test('every refusal of the server is on the page, in every form', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  visitor.expect(/status of 422/);
  // What was refused is not saved: the browser asks before it leaves the page.
  visitor.leaves = true;
  await visitor.signIn(site.dashboard('/products'), people.owner);
  await page.getByRole('table', { name: 'Products' }).waitFor();
  const told = async (name) => {
    await page.getByText(`Somewhere, else: ${SAID}.`).first().waitFor();
    await page.unrouteAll();
    assert.ok(true, name);
  };
  const settings = async (part, field, text, path) => {
    await refuse(page, path);
    await visitor.open(site.dashboard(`/settings${part}`));
    await page.getByLabel(field, { exact: true }).first().fill(text);
    await save(page);
    await told(path);
  };
  await settings('', 'Tagline', 'x', '/settings');
  await settings('?tab=look', 'Headline', 'x', '/settings');
  await settings('?tab=shipping', 'Rate', '3', '/settings/tax-rate');
  await settings('?tab=payments', 'Account holder', 'x', '/settings/bank-transfer');

  await refuse(page, '/settings/shipping-methods');
  await visitor.open(site.dashboard('/settings?tab=shipping'));
  await page.getByRole('button', { name: 'Add method' }).click();
  const method = page.getByRole('dialog', { name: 'Add shipping' });
  await method.getByLabel('Name', { exact: true }).fill('Balloon');
  await method.getByLabel('Price', { exact: true }).fill('9');
  await method.getByRole('button', { name: 'Save' }).click();
  await told('shipping');

  await refuse(page, '/products');
  await visitor.open(site.dashboard('/products/new'));
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Never');
  await page.getByRole('textbox', { name: 'Price', exact: true }).fill('1');
  await page.getByRole('button', { name: 'Save draft' }).click();
  await told('a new product');

  await refuse(page, '/categories');
  await visitor.open(site.dashboard('/categories'));
  await page.getByRole('button', { name: 'Add category' }).click();
  await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Never');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await told('category');

  await refuse(page, '/inventory/adjustments');
  await visitor.open(site.dashboard('/inventory'));
  await page.getByRole('button', { name: /^Adjust/ }).first().click();
  await page.getByRole('dialog').getByLabel('Units to add').fill('1');
  await page.getByRole('dialog').getByRole('button', { name: 'Adjust' }).click();
  await told('stock');
});
