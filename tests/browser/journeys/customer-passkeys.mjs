import assert from 'node:assert/strict';
import { device } from '../support/authenticator.mjs';
import { test } from '../support/journey.mjs';

const password = 'Correct-horse-2026';

async function fill(page, name, secret) {
  await page.locator('input[name="passkey_name"]').fill(name);
  await page.locator('input[name="passkey_password"]').fill(secret);
  await page.locator('form').filter({ has: page.locator('input[name="passkey_name"]') }).getByRole('button', { name: 'Save' }).click();
}

async function leave(page) {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Made slowly, used daily' }).waitFor();
}

test('a customer adds a passkey, signs in with it, renames and removes it', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  const phone = await device(visitor);
  visitor.expect(/status of 4(01|22)/);
  await visitor.open(site.acme('/register'));
  await page.getByRole('textbox', { name: 'Full name' }).fill('Petra Passkey');
  await page.getByRole('textbox', { name: 'E-mail' }).fill('petra@example.test');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Create an account' }).click();
  await page.getByText('Hello, Petra Passkey').waitFor();

  await visitor.open(site.acme('/account/profile'));
  await page.getByRole('heading', { name: 'Passkeys' }).waitFor();
  await page.getByText('There is none yet.').waitFor();
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await fill(page, '', password);
  await page.getByText('Please fill this in.').waitFor();
  assert.equal((await phone.credentials()).length, 0, 'the device was not asked');
  await fill(page, 'Telephone', 'That-is-not-it-2026');
  await page.getByText('Please check this.').waitFor();
  await visitor.look('refused');
  await fill(page, 'Telephone', password);
  await page.getByText('For acme.orion.localhost, added on').waitFor();
  const [credential] = await phone.credentials();
  assert.deepEqual([credential.rpId, credential.isResidentCredential], ['acme.orion.localhost', true]);
  await visitor.look('added');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await fill(page, 'The same', password);
  await page.getByText('This device has a passkey of your account already.').waitFor();

  await leave(page);
  await visitor.open(site.acme('/login'));
  await phone.refuse();
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.getByText('Nothing was signed').waitFor();
  await visitor.look('cancelled');
  await phone.accept();
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.getByText('Hello, Petra Passkey').waitFor();

  await visitor.open(site.acme('/account/profile'));
  await page.getByRole('button', { name: 'Edit Telephone' }).click();
  const renaming = page.getByRole('dialog', { name: 'Rename the passkey' });
  await renaming.getByRole('textbox', { name: 'Name' }).fill('Key ring');
  await renaming.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Remove Key ring' }).click();
  const removing = page.getByRole('dialog', { name: 'Remove “Key ring”?' });
  await visitor.look('removing');
  await removing.getByLabel('Current password', { exact: true }).fill(password);
  await removing.getByRole('button', { name: 'Remove' }).click();
  await page.getByText('There is none yet.').waitFor();

  // The device still has its half, which opens nothing.
  await leave(page);
  await visitor.open(site.acme('/login'));
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.getByText('This passkey opens nothing here.').waitFor();
});
