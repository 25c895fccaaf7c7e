import assert from 'node:assert/strict';
import { test } from '../support/journey.mjs';
import { linkIn, mail } from '../support/mailbox.mjs';
import { people } from '../support/site.mjs';

const FRESH = 'Tramway-quince-4417';
const NORA = 'nora@example.test';

test('an administrator invites another one, who accepts on a phone', async ({ visit, site }) => {
  const admin = await visit();
  admin.expect(/status of (409|422)/);
  const { page } = admin;
  await admin.signIn(site.admin('/people'), people.admin);
  await page.getByRole('table', { name: 'People' }).waitFor();
  await admin.look('people');
  await page.getByRole('link', { name: 'Administrators\' invitations' }).click();
  await page.getByText('Nobody is invited').waitFor();
  await admin.look('invitations-empty');
  await page.getByRole('button', { name: 'Invite an administrator' }).click();
  const question = page.getByRole('dialog', { name: 'Invite an administrator' });
  await question.getByRole('textbox', { name: 'E-mail' }).fill(people.owner.email);
  await question.getByRole('button', { name: 'Send invitation' }).click();
  await question.getByRole('alert').first().waitFor();
  await admin.look('invite-refused');
  await question.getByRole('checkbox', { name: 'Orion Lite' }).check();
  await question.getByRole('button', { name: 'Send invitation' }).click();
  await question.getByText(/This has an account already/).waitFor();
  await question.getByRole('textbox', { name: 'E-mail' }).fill(NORA);
  await question.getByRole('button', { name: 'Send invitation' }).click();
  await page.getByRole('button', { name: `Take back ${NORA}` }).waitFor();
  await admin.look('invitations');

  const link = linkIn(await mail(site, NORA, /invites you to the administration/));
  const nora = await visit();
  nora.expect(/status of 4(10|22)/);
  await nora.page.setViewportSize({ width: 390, height: 844 });
  await nora.open(link);
  await nora.page.getByRole('heading', { name: 'Join the administration', level: 1 }).waitFor();
  await nora.page.getByText(/is invited to administer Orion Lite/).waitFor();
  await nora.page.getByRole('textbox', { name: 'Name' }).fill('Nora New');
  await nora.page.getByLabel('Password', { exact: true }).fill('short');
  await nora.page.getByRole('button', { name: 'Join' }).click();
  await nora.page.getByText('This must have at least 10 characters.').waitFor();
  await nora.look('accept-refused');
  await nora.page.getByLabel('Password', { exact: true }).fill(FRESH);
  await nora.page.getByRole('button', { name: 'Join' }).click();
  await nora.page.getByRole('heading', { name: 'Dashboard', level: 1 }).waitFor();
  // Of one platform only: its people, and nothing that changes an account.
  await nora.page.setViewportSize({ width: 1280, height: 900 });
  await nora.page.getByRole('link', { name: 'People' }).first().click();
  await nora.page.getByRole('table', { name: 'People' }).waitFor();
  assert.equal(await nora.page.getByText('owner@acme.test').count(), 0, 'people of the other platform are shown');
  assert.equal(await nora.page.getByRole('link', { name: 'Administrators\' invitations' }).count(), 0);
  await nora.page.getByRole('link', { name: 'Nora New' }).click();
  await nora.page.getByRole('heading', { name: 'Nora New', level: 1 }).waitFor();
  await nora.look('own-page-of-one-platform');
  await nora.open(link);
  await nora.page.getByText('There is nothing to accept').waitFor();
  await nora.look('invitation-ended');
});

test('somebody is found, is no administrator before their address is confirmed, and is switched off and out with the next click', async ({ visit, site }) => {
  const staff = await visit();
  staff.expect(/status of 401/);
  await staff.signIn(site.dashboard('/products'), people.manager);
  await staff.page.getByRole('heading', { name: 'Products', level: 1 }).waitFor();

  const admin = await visit();
  admin.expect(/status of (409|422)/);
  const { page } = admin;
  await admin.signIn(site.admin('/people'), people.admin);
  await page.getByRole('searchbox', { name: 'Search people' }).fill('manager@acme');
  await page.waitForURL(/q=manager/);
  await admin.settle();
  await page.getByRole('table', { name: 'People' }).locator('tbody').getByRole('link').first().click();
  await page.getByText('Danger zone').waitFor();
  await admin.look('person');
  await page.getByRole('button', { name: /^Change part/ }).click();
  const part = page.getByRole('dialog', { name: /administers$/ });
  await part.getByRole('checkbox', { name: 'Orion Lite' }).check();
  await admin.look('roles');
  await part.getByRole('button', { name: 'Save' }).click();
  await part.getByText(/may have chosen its password/).first().waitFor();
  await part.getByRole('button', { name: 'Cancel' }).click();
  await part.waitFor({ state: 'hidden' });

  await page.getByRole('button', { name: 'Switch account off' }).click();
  const question = page.getByRole('dialog', { name: /^Switch off the account/ });
  await question.getByRole('button', { name: 'Switch off' }).click();
  await question.getByText('This is required.').waitFor();
  await question.getByLabel('Reason').fill('A lost laptop');
  await admin.look('switch-off');
  await question.getByRole('button', { name: 'Switch off' }).click();
  await page.getByText('This account is switched off').waitFor();
  await admin.look('switched-off');
  await mail(site, people.manager.email, /switched off/);
  await staff.page.getByRole('link', { name: 'Orders' }).first().click();
  await staff.page.getByRole('heading', { name: /^Sign in/, level: 1 }).waitFor();

  await admin.open(site.admin('/people?view=disabled'));
  await page.getByText(people.manager.email).waitFor();
  await admin.look('switched-off-people');
  await admin.open(site.admin('/people?q=nobody-at-all'));
  await page.getByText('Nobody matches').waitFor();
  await admin.look('nobody');
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await page.getByRole('table', { name: 'People' }).waitFor();
  await page.getByRole('link', { name: 'Acme Manager' }).waitFor();
});

test('who changes a part that somebody else has changed meanwhile is told so, and takes nothing back', async ({ visit, site }) => {
  const [one, two] = [await visit(), await visit()];
  two.expect(/status of 412/);
  for (const admin of [one, two]) {
    await admin.signIn(site.admin('/people?q=nora'), people.admin);
    await admin.page.getByRole('link', { name: 'Nora New' }).click();
    await admin.page.getByRole('button', { name: /^Change part/ }).click();
  }
  const part = ({ page }) => page.getByRole('dialog', { name: /administers$/ });
  await part(one).getByRole('checkbox', { name: 'Orion Lite' }).uncheck();
  await part(one).getByRole('button', { name: 'Save' }).click();
  await part(one).waitFor({ state: 'hidden' });
  await part(two).getByRole('button', { name: 'Save' }).click();
  await part(two).getByText('Somebody else has changed this account').waitFor();
  assert.equal(await part(two).getByText(/Not changed|in the meantime/).count(), 0, 'it is said twice');
  await two.look('part-conflict');
  await part(two).getByRole('button', { name: 'Load the present state' }).click();
  await part(two).waitFor({ state: 'hidden' });
  await two.page.getByText('They are no administrator.', { exact: true }).waitFor();
  await two.look('part-present');
});
