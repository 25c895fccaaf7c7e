// Roles that every store has for one kind of work.
import assert from 'node:assert/strict';
import { test } from '../support/journey.mjs';
import { linkIn, mail } from '../support/mailbox.mjs';
import { people } from '../support/site.mjs';

const FRESH = 'Tramway-quince-4417';

/** Invites somebody with a role, who joins and begins wherever that leads. */
async function joins(visit, site, owner, { email, name, role }) {
  const { page } = owner;
  await owner.open(site.dashboard('/team'));
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  const question = page.getByRole('dialog', { name: 'Invite somebody' });
  await question.getByRole('textbox', { name: 'E-mail' }).fill(email);
  await question.getByRole('combobox', { name: 'Role' }).selectOption({ label: role });
  await question.getByRole('button', { name: 'Send invitation' }).click();
  await page.getByRole('button', { name: `Take back ${email}` }).waitFor();
  const visitor = await visit();
  await visitor.open(linkIn(await mail(site, email, /invites you/)));
  await visitor.page.getByRole('textbox', { name: 'Name' }).fill(name);
  await visitor.page.getByLabel('Password', { exact: true }).fill(FRESH);
  await visitor.page.getByRole('button', { name: 'Join' }).click();
  await visitor.page.getByRole('heading', { name: 'Orders', level: 1 }).waitFor();
  return visitor;
}

async function menuOf({ page }, names) {
  for (const [name, shown] of Object.entries(names)) {
    const links = page.getByRole('navigation').getByRole('link', { name, exact: true });
    assert.equal(await links.count() > 0, shown, name);
  }
}

test('roles for fulfilment and for support begin where their work is and lead to nothing that is closed', async ({ visit, site }) => {
  const owner = await visit();
  const { page } = owner;
  await owner.signIn(site.dashboard('/roles'), people.owner);
  const presets = page.getByRole('table', { name: 'Roles of every store' });
  for (const [name, hint] of [['Fulfilment', 'Sending orders, counting stock'], ['Support', 'Customers and their orders']]) {
    await presets.getByRole('row').filter({ hasText: name }).getByText(hint).waitFor();
  }
  await owner.look('roles');

  const sender = await joins(visit, site, owner, { email: 'sender@example.test', name: 'Sina Sender', role: 'Fulfilment: Sending orders, counting stock' });
  await sender.settle();
  await menuOf(sender, { Orders: true, Inventory: true, Dashboard: false, Products: false, Customers: false, Exports: false, Settings: false });
  await sender.look('fulfilment-orders');
  assert.equal(await sender.page.getByRole('link', { name: 'Export these' }).count(), 0);
  await sender.open(site.dashboard('/inventory'));
  await sender.page.getByRole('table', { name: 'Stock' }).waitFor();
  assert.ok(await sender.page.getByRole('button', { name: /^Adjust/ }).count() > 0, 'stock is adjusted');
  assert.equal(await sender.page.getByRole('table').getByRole('link').count(), 0, 'a product is a closed page');
  await sender.look('fulfilment-inventory');
  // What leads to the dashboard leads to where they may be, and back from there to where they were.
  await sender.open(site.dashboard('/dashboard'));
  await sender.page.getByRole('heading', { name: 'Orders', level: 1 }).waitFor();
  await sender.page.goBack();
  await sender.page.getByRole('heading', { name: 'Inventory', level: 1 }).waitFor();

  const helper = await joins(visit, site, owner, { email: 'helper@example.test', name: 'Hugo Helper', role: 'Support: Customers and their orders' });
  await helper.settle();
  await menuOf(helper, { Orders: true, Customers: true, Dashboard: false, Inventory: false, Products: false, Exports: false });
  await helper.page.getByRole('link', { name: /#\d+/ }).first().click();
  await helper.page.getByRole('heading', { name: 'Timeline' }).waitFor();
  assert.equal(await helper.page.getByRole('main').getByRole('button', { name: /^(Fulfil|Mark|Cancel)/ }).count(), 0);
  await helper.look('support-order');
  await owner.open(site.dashboard('/team'));
  await page.getByRole('row').filter({ hasText: 'Hugo Helper' }).getByText('Support', { exact: true }).waitFor();
  await owner.look('team');
});
