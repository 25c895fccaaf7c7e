import assert from 'node:assert/strict';
import { test } from '../support/journey.mjs';
import { people } from '../support/site.mjs';

// Its own in every run: a server that is used again keeps its stores.
const CODE = `lantern-${Date.now().toString(36)}`;
const OWNER = { email: `owner@${CODE}.test`, password: 'Lantern-light-2026' };
const SHOP = `${CODE}.orion.localhost`;

/** Codes are taken per platform, and only this one has its orders on. */
async function chooseMain(page) {
  const platforms = page.getByLabel('Platform', { exact: true });
  const value = await platforms.locator('option:not([disabled])', { hasNotText: /lite/i }).first().getAttribute('value');
  await platforms.selectOption(value);
}

const steps = (page) => page.getByRole('listitem').filter({ hasText: /Add your products|Give it your look|Set shipping and tax|Say where the money goes|Open the shop/ });

/** Which of the steps on the dashboard of a new store are ticked. */
async function stepsDone({ page }) {
  await page.getByRole('heading', { name: 'Get your shop going' }).waitFor();
  const texts = await steps(page).allInnerTexts();
  return texts.map((text) => /\bDone$/.test(text.trim()));
}

/** Takes the steps of the list one after the other; it goes away with the last. */
async function setUp(owner) {
  const { page } = owner;
  const dashboard = () => owner.open(new URL('/store/dashboard', page.url()).href);
  await dashboard();
  await page.getByRole('link', { name: 'Choose the look' }).click();
  await page.getByRole('textbox', { name: 'Accent colour', exact: true }).fill('#7a3b12');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Settings saved').waitFor();
  await dashboard();
  await page.getByRole('link', { name: 'Add bank details' }).click();
  await page.getByLabel('Account holder').fill('Lena Lantern');
  await page.getByLabel('IBAN or account number').fill('DE89370400440532013000');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Bank details saved').waitFor();
  await dashboard();
  await page.getByRole('link', { name: 'Set shipping and tax' }).click();
  await page.getByRole('button', { name: 'Edit Standard shipping' }).click();
  await page.getByRole('dialog', { name: 'Edit shipping' }).getByRole('button', { name: 'Save' }).click();
  await page.getByText('Shipping saved').waitFor();
  await page.getByRole('button', { name: 'Keep this rate' }).click();
  await page.getByText('Tax saved').waitFor();
  await dashboard();
  assert.deepEqual(await stepsDone(owner), [false, true, true, true, false], 'what was saved is ticked');
  await page.getByRole('main').getByRole('link', { name: 'Add product' }).click();
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Paper Lantern');
  await page.getByRole('textbox', { name: 'Price', exact: true }).fill('19.00');
  await page.getByRole('button', { name: 'Save draft' }).click();
  await page.getByRole('heading', { name: 'Paper Lantern', level: 1 }).waitFor();
  await dashboard();
  assert.deepEqual(await stepsDone(owner), [true, true, true, true, false], 'a draft is a product');
  await owner.look('nearly-open');
  await page.getByRole('link', { name: 'See products' }).click();
  await page.getByRole('link', { name: 'Paper Lantern' }).click();
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByText('It is in the shop.').waitFor();
  await dashboard();
  await page.getByText('Orders, 7 days').waitFor();
  assert.equal(await page.getByRole('heading', { name: 'Get your shop going' }).count(), 0, 'nothing is left to do');
}

/** Friends have a password, and the shop's own people need none. */
async function letFriendsIn(owner, customer, shop) {
  const { page } = owner;
  await owner.open(new URL('/store/dashboard', page.url()).href);
  await page.getByLabel('Password for friends').fill('a light in the window');
  await page.getByRole('button', { name: 'Save password' }).click();
  await page.getByText('Password saved').waitFor();
  await page.getByRole('button', { name: 'Remove password' }).waitFor();
  await owner.look('friends-password');
  customer.expect(/status of 403/);
  await customer.open(shop);
  await customer.page.getByLabel('Password for invited guests').fill('a dark window');
  await customer.page.getByRole('button', { name: 'Look inside' }).click();
  await customer.page.getByRole('alert').waitFor();
  await customer.look('opening-soon-refused');
  await customer.page.getByLabel('Password for invited guests').fill('a light in the window');
  await customer.page.getByRole('button', { name: 'Look inside' }).click();
  await customer.page.getByText('Paper Lantern').first().waitFor();
  await page.getByRole('button', { name: 'Look at the shop' }).click();
  await page.waitForURL(shop);
  await page.getByText('Paper Lantern').first().waitFor();
}

/** Opening with something missing asks first, and names it. */
async function openShop(owner) {
  const { page } = owner;
  await owner.open(new URL('/store/dashboard', page.url()).href);
  await page.getByText('Not written yet').waitFor();
  await page.getByRole('button', { name: 'Open to everybody' }).click();
  const dialog = page.getByRole('dialog', { name: 'Open although something is missing?' });
  await dialog.getByText('Write the legal texts').waitFor();
  await owner.look('open-dialog');
  await dialog.getByRole('button', { name: 'Open all the same' }).click();
  await page.getByText('Your shop is open').waitFor();
  await owner.look('just-opened');
}

test('the administrator sees platforms, stores and the audit log', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.open(site.admin());
  await page.getByRole('heading', { name: 'Sign in to Orion' }).waitFor();
  await visitor.look('login');
  await visitor.signIn(site.admin('/login'), people.admin);
  await page.getByRole('heading', { name: 'Dashboard', level: 1 }).waitFor();
  await visitor.look('overview');
  await page.getByRole('link', { name: 'Platforms' }).first().click();
  await page.getByRole('table', { name: 'Platforms' }).waitFor();
  await visitor.look('platforms');
  await page.getByRole('link', { name: 'Audit log' }).click();
  await page.getByRole('table', { name: 'Audit log' }).waitFor();
  await visitor.look('audit');
  await page.getByRole('link', { name: 'Stores', exact: true }).first().click();
  await page.getByRole('table', { name: 'Stores' }).waitFor();
  await visitor.look('stores');
  await page.getByRole('searchbox', { name: 'Search stores' }).fill('globex');
  await page.waitForURL(/q=globex/);
  await visitor.settle();
  const rows = await page.getByRole('table', { name: 'Stores' }).locator('tbody').getByRole('row').count();
  assert.equal(rows, 1, 'only globex is found');
  await page.getByRole('link', { name: /globex/i }).click();
  await page.getByText('owner@globex.test').first().waitFor();
  await visitor.look('store');
});

test('a store is created with its owner, suspended and opened again', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(site.admin('/stores/new'), people.admin);
  await page.getByRole('heading', { name: 'New store' }).waitFor();
  await chooseMain(page);
  await page.getByLabel('Name', { exact: true }).first().fill('Lantern House');
  // The name suggests a code as soon as it is left.
  await page.keyboard.press('Tab');
  await page.getByLabel('Code').fill(CODE);
  await page.getByRole('textbox', { name: 'E-mail' }).fill(OWNER.email);
  await page.getByRole('textbox', { name: 'Name' }).last().fill('Lena Lantern');
  await page.getByLabel(/^Password/).fill(OWNER.password);
  await visitor.look('new');
  await page.getByRole('button', { name: 'Create store' }).click();
  await page.getByRole('heading', { name: 'Lantern House', level: 1 }).waitFor();

  const shop = site.on(SHOP);
  const customer = await visit();
  customer.expect(/status of 503/);
  assert.equal((await customer.open(shop)).status(), 503);
  await customer.page.getByRole('heading', { name: 'Opening soon' }).waitFor();
  await customer.look('opening-soon');

  const owner = await visit();
  await owner.signIn(site.on(SHOP, '/store'), OWNER);
  await owner.page.getByRole('heading', { name: 'Dashboard', level: 1 }).waitFor();
  assert.deepEqual(await stepsDone(owner), [false, false, false, false, false], 'a new store has everything to do');
  await owner.look('empty-dashboard');
  await owner.open(site.on(SHOP, '/store/products'));
  await owner.page.getByText('No products yet').waitFor();
  await owner.look('empty-products');
  await setUp(owner);
  await letFriendsIn(owner, customer, shop);
  await openShop(owner);
  assert.equal((await customer.open(shop)).status(), 200);
  await customer.page.getByText('Paper Lantern').first().waitFor();
  await customer.look('open-shop');

  await page.getByRole('button', { name: 'Suspend store' }).click();
  const dialog = page.getByRole('dialog', { name: 'Suspend this store?' });
  await dialog.getByLabel('Reason').fill('Unpaid invoices');
  await visitor.look('suspend');
  await dialog.getByRole('button', { name: 'Suspend', exact: true }).click();
  await page.getByText('Suspended', { exact: true }).first().waitFor();
  await visitor.look('suspended');
  assert.equal((await customer.open(shop)).status(), 503);
  await customer.page.getByText(/closed for a moment/).first().waitFor();
  await customer.look('closed-shop');

  await page.getByRole('button', { name: 'Reactivate store' }).click();
  await page.getByText('Active', { exact: true }).first().waitFor();
  assert.equal((await customer.open(shop)).status(), 200);
});

test('a store whose code is taken is refused at the field', async ({ visit, site }) => {
  const visitor = await visit();
  visitor.expect(/status of (409|422)/);
  const { page } = visitor;
  await visitor.signIn(site.admin('/stores/new'), people.admin);
  await chooseMain(page);
  await page.getByLabel('Name', { exact: true }).first().fill('Another Acme');
  await page.keyboard.press('Tab');
  await page.getByLabel('Code').fill('acme');
  await page.getByRole('textbox', { name: 'E-mail' }).fill(people.owner.email);
  await page.getByRole('button', { name: 'Create store' }).click();
  await page.getByRole('alert').first().waitFor();
  await visitor.look('new-refused');
});
