// Roles that a store makes for its team.
import assert from 'node:assert/strict';
import { test } from '../support/journey.mjs';
import { linkIn, mail } from '../support/mailbox.mjs';
import { people } from '../support/site.mjs';

const FRESH = 'Tramway-quince-4417';
const COLLEAGUE = 'packer@example.test';

test('a role is made, a colleague is invited with it and sees only what it allows', async ({ visit, site }) => {
  const owner = await visit();
  const { page } = owner;
  await owner.signIn(site.dashboard('/roles'), people.owner);
  await page.getByRole('heading', { name: 'Roles', level: 1 }).waitFor();
  await page.getByText('No roles of your own yet').waitFor();
  await owner.look('empty');

  // It begins as a copy of a role that every store has.
  await page.getByRole('link', { name: 'Duplicate Viewer' }).click();
  await page.getByRole('heading', { name: 'New role', level: 1 }).waitFor();
  await owner.settle();
  const bar = page.getByRole('region', { name: 'Unsaved changes' });
  assert.ok(await page.getByRole('checkbox', { name: /^products\.read/ }).isChecked());
  for (const right of [/^products\.read/, /^dashboard\.read/, /^inventory\.read/]) await page.getByRole('checkbox', { name: right }).uncheck();
  // By the keyboard alone.
  const write = page.getByRole('checkbox', { name: /^orders\.write/ });
  await write.focus();
  await page.keyboard.press('Space');
  assert.ok(await write.isChecked());
  const read = page.getByRole('checkbox', { name: /^orders\.read/ });
  assert.ok(await read.isChecked() && await read.isDisabled(), 'who may change may see');
  await page.getByRole('checkbox', { name: /^inventory\.\*/ }).check();
  assert.ok(await page.getByRole('checkbox', { name: /^inventory\.write/ }).isDisabled(), 'the area has it already');
  await page.getByRole('textbox', { name: 'Name' }).fill('manager');
  owner.expect(/status of 4(22|09)/);
  await bar.getByRole('button', { name: 'Create role' }).click();
  await page.getByText('This is what a role of every store is called.').waitFor();
  await owner.look('refused');
  await page.getByRole('textbox', { name: 'Name' }).fill('Packing station');
  await page.getByRole('textbox', { name: 'Description' }).fill('Packs and sends what was ordered');
  await bar.getByRole('button', { name: 'Create role' }).click();
  const own = page.getByRole('table', { name: 'Roles of this store' });
  await own.getByRole('link', { name: 'Packing station' }).waitFor();
  await owner.look('list');

  await owner.open(site.dashboard('/team'));
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  const question = page.getByRole('dialog', { name: 'Invite somebody' });
  await question.getByRole('textbox', { name: 'E-mail' }).fill(COLLEAGUE);
  await question.getByRole('combobox', { name: 'Role' }).selectOption({ label: 'Packing station' });
  await question.getByRole('button', { name: 'Send invitation' }).click();
  await page.getByRole('button', { name: `Take back ${COLLEAGUE}` }).waitFor();

  const colleague = await visit();
  await colleague.open(linkIn(await mail(site, COLLEAGUE, /invites you/)));
  await colleague.page.getByText(/as Packing station\.$/).waitFor();
  await colleague.page.getByRole('textbox', { name: 'Name' }).fill('Pia Packer');
  await colleague.page.getByLabel('Password', { exact: true }).fill(FRESH);
  await colleague.page.getByRole('button', { name: 'Join' }).click();
  await colleague.page.getByRole('link', { name: 'Orders', exact: true }).first().waitFor();
  await colleague.settle();
  for (const [name, count] of [['Inventory', 1], ['Products', 0], ['Team', 0], ['Roles', 0], ['Settings', 0]]) {
    const links = colleague.page.getByRole('navigation').getByRole('link', { name, exact: true });
    assert.equal(await links.count() > 0, count > 0, name);
  }
  await colleague.open(site.dashboard('/orders'));
  await colleague.page.getByRole('table', { name: 'Orders' }).waitFor();
  await colleague.open(site.dashboard('/products'));
  await colleague.page.getByText('yours is Packing station').waitFor();
  await colleague.look('forbidden');

  // An edit counts with the next click, on the page of the role.
  await owner.open(site.dashboard('/roles'));
  await own.getByRole('link', { name: 'Packing station' }).click();
  await page.getByRole('heading', { name: 'Packing station', level: 1 }).waitFor();
  await page.getByText('1 member', { exact: true }).waitFor();
  await page.getByRole('checkbox', { name: /^products\.read/ }).check();
  await bar.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Role saved').waitFor();
  await owner.look('role');
  await colleague.open(site.dashboard('/products'));
  await colleague.page.getByRole('heading', { name: 'Products', level: 1 }).waitFor();

  // It goes when those who have it get another one.
  await page.getByRole('button', { name: 'Delete' }).click();
  const asked = page.getByRole('dialog', { name: 'Delete Packing station?' });
  await asked.getByRole('button', { name: 'Delete' }).click();
  await asked.getByText('1 member and 0 invitations have it.').waitFor();
  await owner.look('in-use');
  await asked.getByRole('combobox', { name: 'Role they get instead' }).selectOption({ label: 'Viewer: Looking only' });
  await asked.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('No roles of your own yet').waitFor();
  await owner.open(site.dashboard('/team'));
  const row = page.getByRole('row').filter({ hasText: 'Pia Packer' });
  await row.getByText('Viewer', { exact: true }).waitFor();
  await row.getByRole('button', { name: 'Actions for Pia Packer' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await page.getByRole('dialog', { name: 'Remove Pia Packer?' }).getByRole('button', { name: 'Remove' }).click();
  await row.waitFor({ state: 'detached' });
});

test('who may see roles and change none finds them to read', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(site.dashboard('/roles'), people.manager);
  await page.getByRole('table', { name: 'Roles of every store' }).waitFor();
  assert.equal(await page.getByRole('link', { name: /^(Duplicate|Create role)/ }).count(), 0);
  await visitor.open(site.dashboard('/roles/new'));
  await page.getByText('This page is not for your role').waitFor();
  await page.getByText('team.write').waitFor();
});
