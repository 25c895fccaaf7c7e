import assert from 'node:assert/strict';
import { test } from '../support/journey.mjs';
import { people } from '../support/site.mjs';

const MANAGER = { ...people.owner, email: 'manager@acme.test' };

/** What a program gets that has the key: by the shop's path, since Node resolves no names below localhost. */
async function ask(site, secret, path) {
  const answer = await fetch(site.on('localhost', `/store/acme/api/v1/store${path}`), { headers: { authorization: `Bearer ${secret}` } });
  return { status: answer.status, body: await answer.json() };
}

/** The secret that is shown this once, and the way on. */
async function readSecret(visitor, name, on) {
  const { page } = visitor;
  await page.getByText('Copy it now: it is not shown again').waitFor();
  const secret = await page.getByText(/^orion_sk_\w{49}$/).textContent();
  await visitor.look(name);
  await on.click();
  await page.getByText(/^orion_sk_\w{49}$/).waitFor({ state: 'detached' });
  return secret;
}

/** Goes through the form, with what may go wrong in it, to the secret. */
async function createKey(visitor) {
  const { page } = visitor;
  await page.getByRole('link', { name: 'Create key' }).click();
  await page.getByRole('heading', { name: 'New API key', level: 1 }).waitFor();
  await page.getByRole('textbox', { name: 'Name' }).fill('Stock system');
  const bar = page.getByRole('region', { name: 'Unsaved changes' });
  await bar.getByRole('button', { name: 'Create key' }).click();
  await page.getByText('Choose at least one right.').waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'Name' }).inputValue(), 'Stock system', 'nothing is lost');
  await visitor.look('form-refused');
  await page.getByRole('button', { name: 'Looking only' }).click();
  assert.ok(await page.getByRole('checkbox', { name: /^orders\.read/ }).isChecked());
  await page.getByRole('checkbox', { name: /^orders\.read/ }).uncheck();
  await page.getByRole('checkbox', { name: /^inventory\.write/ }).check();
  const sees = page.getByRole('checkbox', { name: /^inventory\.read/ });
  assert.ok(await sees.isChecked() && await sees.isDisabled(), 'who may change may see');
  assert.equal(await page.getByRole('checkbox', { name: /^keys\./ }).count(), 0, 'a key makes no keys');
  await page.getByLabel('Expires').selectOption({ label: 'In 90 days' });
  await visitor.look('form');
  await bar.getByRole('button', { name: 'Create key' }).click();
  return readSecret(visitor, 'secret', page.getByRole('link', { name: 'Copied: go to the key' }));
}

test('a key is created, used by a program, given another secret and other rights, and revoked', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(site.dashboard('/api-keys'), people.owner);
  await page.getByText('No program has a key yet').waitFor();
  await visitor.look('empty');
  const secret = await createKey(visitor);
  await page.getByRole('heading', { name: 'Stock system', level: 1 }).waitFor();

  assert.equal((await ask(site, secret, '/inventory')).status, 200);
  const refused = await ask(site, secret, '/orders');
  assert.deepEqual([refused.status, refused.body.code], [403, 'framework.forbidden']);

  const bar = page.getByRole('region', { name: 'Unsaved changes' });
  await page.getByRole('checkbox', { name: /^orders\.read/ }).check();
  await bar.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Key saved').waitFor();
  assert.equal((await ask(site, secret, '/orders')).status, 200);

  await page.getByRole('button', { name: 'Change the secret' }).click();
  await page.getByRole('dialog', { name: 'Change the secret?' }).getByRole('button', { name: 'Change it' }).click();
  const fresh = await readSecret(visitor, 'rotated', page.getByRole('button', { name: 'Copied: hide it' }));
  await page.getByText(/^Two; orion_sk_/).waitFor();
  for (const good of [secret, fresh]) assert.equal((await ask(site, good, '/orders')).status, 200);
  await visitor.look('key');

  await visitor.open(site.dashboard('/api-keys'));
  const table = page.getByRole('table', { name: 'API keys' });
  await table.getByRole('link', { name: 'Stock system' }).waitFor();
  await visitor.look('list');
  await table.getByRole('link', { name: 'Stock system' }).click();
  await page.getByRole('button', { name: 'Revoke' }).click();
  const question = page.getByRole('dialog', { name: 'Revoke this key?' });
  await question.waitFor();
  await visitor.look('revoke');
  await question.getByRole('button', { name: 'Revoke' }).click();
  await page.getByText('No program has a key yet').waitFor();
  for (const gone of [secret, fresh]) {
    const { status, body } = await ask(site, gone, '/orders');
    assert.deepEqual([status, body.code], [401, 'framework.invalid_api_key']);
  }
});

test('who may only look at keys is offered none, and others are told which right it takes', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(site.dashboard('/api-keys'), MANAGER);
  await page.getByText('No program has a key yet').waitFor();
  assert.equal(await page.getByRole('link', { name: 'Create key' }).count(), 0);
  await visitor.open(site.dashboard('/api-keys/new'));
  await page.getByText('This page is not for your role').waitFor();
  await page.getByText('keys.write').waitFor();
  const viewer = await visit();
  await viewer.signIn(site.dashboard('/api-keys'), people.viewer);
  await viewer.page.getByText('keys.read').waitFor();
});
