import assert from 'node:assert/strict';
import { device } from '../support/authenticator.mjs';
import { test } from '../support/journey.mjs';
import { people } from '../support/site.mjs';

async function add(page, name, password) {
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.locator('input[name="passkey_name"]').fill(name);
  await page.locator('input[name="passkey_password"]').fill(password);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
}

async function signOut(page) {
  await page.locator('.ui-profile').click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: 'Sign in with a passkey' }).waitFor();
}

test('a passkey is added in the dashboard, signed in with, renamed and removed', async ({ visit, site }) => {
  const viewer = await visit();
  const { page } = viewer;
  const phone = await device(viewer);
  viewer.expect(/status of 4(01|22)/);
  await viewer.signIn(site.dashboard('/account'), people.viewer);
  await page.getByRole('heading', { name: 'Passkeys' }).waitFor();
  await page.getByText('There is none.').waitFor();
  await add(page, '', people.viewer.password);
  await page.getByText('This is required.').waitFor();
  assert.equal((await phone.credentials()).length, 0, 'the device was not asked');
  await page.locator('input[name="passkey_name"]').fill('Telephone');
  await page.locator('input[name="passkey_password"]').fill('That-is-not-it-2026');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('This is not the present password.').waitFor();
  await viewer.look('refused');
  await page.locator('input[name="passkey_password"]').fill(people.viewer.password);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('For acme.orion.localhost, added').waitFor();
  const [credential] = await phone.credentials();
  assert.deepEqual([credential.rpId, credential.isResidentCredential], ['acme.orion.localhost', true]);
  await viewer.look('added');
  await add(page, 'The same', people.viewer.password);
  await page.getByText('This device has a passkey of your account already.').waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();

  await signOut(page);
  await phone.refuse();
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.getByText('Nothing was signed').waitFor();
  await viewer.look('cancelled');
  await phone.accept();
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.locator('.ui-profile').waitFor();

  await viewer.open(site.dashboard('/account'));
  await page.getByRole('button', { name: 'Rename Telephone' }).click();
  const renaming = page.getByRole('dialog', { name: 'Rename the passkey' });
  await renaming.getByLabel('Name').fill('Key ring');
  await renaming.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Remove Key ring' }).click();
  const removing = page.getByRole('dialog', { name: 'Remove “Key ring”?' });
  await viewer.look('removing');
  await removing.getByLabel('Your password').fill(people.viewer.password);
  await removing.getByRole('button', { name: 'Remove' }).click();
  await page.getByText('There is none.').waitFor();

  // The device still has its half, which opens nothing.
  await signOut(page);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.getByText('Choose another one, or sign in with your password.').waitFor();
});
