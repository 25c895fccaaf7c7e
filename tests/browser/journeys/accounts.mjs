import assert from 'node:assert/strict';
import { test } from '../support/journey.mjs';
import { people } from '../support/site.mjs';
import { addToCart } from '../support/shopping.mjs';

const wrongPassword = 'That-is-not-it-2026';

test('a customer registers, leaves and comes back', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.open(site.acme('/register'));
  await visitor.look('register');
  await page.getByRole('textbox', { name: 'Full name' }).fill('Nora Newcomer');
  await page.getByRole('textbox', { name: 'E-mail' }).fill('nora@example.test');
  await page.getByLabel('Password', { exact: true }).fill('Correct-horse-2026');
  await page.getByRole('button', { name: 'Create an account' }).click();
  await page.getByText('Hello, Nora Newcomer').waitFor();
  await page.getByText('No orders yet').waitFor();
  await visitor.look('account-new');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Made slowly, used daily' }).waitFor();
  await visitor.signIn(site.acme('/login'), { email: 'nora@example.test', password: 'Correct-horse-2026' });
  await page.getByText('Hello, Nora Newcomer').waitFor();
});

test('a customer sees their orders, addresses and profile', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.open(site.acme('/login'));
  await visitor.look('login');
  await visitor.signIn(site.acme('/login'), people.customer);
  await page.getByText('Hello, Casey Customer').waitFor();
  await visitor.look('orders');
  await page.getByRole('main').getByRole('link', { name: /Order #?\d+/ }).first().click();
  await page.getByRole('heading', { name: 'History' }).waitFor();
  await visitor.look('order');
  await page.getByRole('link', { name: 'Back to orders' }).click();
  await page.getByRole('heading', { name: 'Orders', level: 1 }).waitFor();
  await page.getByRole('link', { name: 'Addresses' }).click();
  await page.getByText("1, rue de l'Exemple").first().waitFor();
  assert.match(await page.locator('address').first().innerText(), /\nL-1111 Luxembourg\nLuxembourg$/, 'the country is a name');
  await visitor.look('addresses');
  await page.getByRole('link', { name: 'Profile' }).click();
  await page.getByRole('heading', { name: 'Change password' }).waitFor();
  await visitor.look('profile');
  // Another word in another language, which "Luxembourg" is in none of the three.
  await visitor.open(site.acme('/account/addresses?lang=de'));
  assert.match(await page.locator('address').first().innerText(), /\nLuxemburg$/, 'the country is named in German');
});

test('signing in brings the cart along', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.open(site.acme('/products/petit-noir-espresso-cup'));
  await addToCart(page);
  await visitor.signIn(site.acme('/login'), people.customer);
  await page.getByText('Hello, Casey Customer').waitFor();
  await visitor.open(site.acme('/cart'));
  await page.getByRole('main').getByText('Petit Noir Espresso Cup').waitFor();
});

test('the password of globex opens globex and not acme', async ({ visit, site }) => {
  const visitor = await visit();
  visitor.expect(/status of 401/);
  const { page } = visitor;
  await visitor.signIn(site.acme('/login'), people.globexCustomer);
  await page.getByText('Signing in failed').waitFor();
  await visitor.look('login-failed');
  await visitor.signIn(site.globex('/login'), people.globexCustomer);
  await page.getByText(/^Hello, /).waitFor();
});

test('an address of a country with states asks for one and lets it be chosen', async ({ visit, site }) => {
  const visitor = await visit();
  visitor.expect(/status of 422/);
  const { page } = visitor;
  await visitor.signIn(site.globex('/login'), people.globexCustomer);
  await page.getByText(/^Hello, /).waitFor();
  await visitor.open(site.globex('/account/addresses'));
  await page.getByRole('button', { name: 'Add an address' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add an address' });
  const region = dialog.getByLabel('State or region');
  await dialog.getByLabel('Country').selectOption('DE');
  assert.equal(await region.count(), 0, 'German addresses name no state');
  await dialog.getByLabel('Country').selectOption('US');
  await dialog.getByRole('textbox', { name: 'Full name' }).fill('Casey Customer');
  await dialog.getByRole('textbox', { name: 'Street and number' }).fill('1 Market Street');
  await dialog.getByRole('textbox', { name: 'Postal code' }).fill('94105');
  await dialog.getByRole('textbox', { name: 'City' }).fill('San Francisco');
  await region.waitFor();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('Please fill this in.').waitFor();
  await visitor.look('address-without-state');
  await region.selectOption({ label: 'California' });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.locator('address').getByText('San Francisco, CA 94105').waitFor();
});

test('staff see where they are signed in, and a wrong present password at its field', async ({ visit, site }) => {
  const visitor = await visit();
  visitor.expect(/status of 422/);
  const { page } = visitor;
  await visitor.signIn(site.dashboard('/account'), people.viewer);
  await page.getByRole('heading', { name: 'Your account', level: 1 }).waitFor();
  const own = page.getByRole('listitem').filter({ hasText: 'This one' });
  await own.getByText(/Chrome on/).waitFor();
  const present = page.getByLabel('Current password', { exact: true });
  await present.fill(wrongPassword);
  await page.getByLabel('New password', { exact: true }).fill('Another-long-one-2026');
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByText('This is not the present password.').waitFor();
  assert.equal(await present.getAttribute('aria-invalid'), 'true', 'the field says that it is wrong');
  await visitor.look('staff-account');
  // The password is still the one it was.
  const elsewhere = await visit();
  await elsewhere.signIn(site.dashboard('/login'), people.viewer);
  await elsewhere.page.getByRole('heading', { name: 'Dashboard', level: 1 }).waitFor();
  await page.reload();
  await own.waitFor();
  assert.ok(await page.getByRole('button', { name: /^Sign out Chrome on/ }).count() >= 1, 'the other session is listed too');
});

test('a wrong password says so and keeps what was typed', async ({ visit, site }) => {
  const visitor = await visit();
  visitor.expect(/status of 401/);
  const { page } = visitor;
  await visitor.signIn(site.dashboard('/login'), { ...people.owner, password: wrongPassword });
  await page.getByText('Signing in failed').waitFor();
  await visitor.look('dashboard-login-failed');
});
