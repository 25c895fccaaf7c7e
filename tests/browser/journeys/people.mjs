import assert from 'node:assert/strict';
import { test } from '../support/journey.mjs';
import { linkIn, mail } from '../support/mailbox.mjs';
import { people } from '../support/site.mjs';

const FRESH = 'Tramway-quince-4417';

/** Offers the store to a member, from the page of the team. */
async function offer(visitor, { email }, name) {
  const { page } = visitor;
  const row = page.getByRole('row').filter({ hasText: email });
  await row.getByRole('button', { name: /^Actions for/ }).click();
  await page.getByRole('menuitem', { name: 'Hand the store over' }).click();
  const question = page.getByRole('dialog', { name: /^Hand the store over/ });
  await question.getByLabel('Your password', { exact: true }).fill(people.owner.password);
  if (name) await visitor.look(name);
  await question.getByRole('button', { name: 'Offer the store' }).click();
  await question.waitFor({ state: 'hidden' });
}

async function accept({ page }, password) {
  const offered = page.getByRole('note').filter({ hasText: 'offers you this store' });
  await offered.getByLabel('Your password', { exact: true }).fill(password);
  await offered.getByRole('button', { name: 'Accept the store' }).click();
}

test('a colleague is invited, accepts on a phone and sees what their role shows', async ({ visit, site }) => {
  const owner = await visit();
  await owner.signIn(site.dashboard('/team'), people.owner);
  await owner.page.getByRole('heading', { name: 'Team', level: 1 }).waitFor();
  await owner.page.getByRole('button', { name: 'Invite somebody' }).click();
  const question = owner.page.getByRole('dialog', { name: 'Invite somebody' });
  owner.expect(/status of 422/);
  await question.getByRole('textbox', { name: 'E-mail' }).fill('nobody');
  await question.getByRole('button', { name: 'Send invitation' }).click();
  await question.getByText('This is not an e-mail address.').waitFor();
  await owner.look('invite-refused');
  await question.getByRole('textbox', { name: 'E-mail' }).fill('colleague@example.test');
  await question.getByRole('combobox', { name: 'Role' }).selectOption({ label: 'Viewer: Looking only' });
  await question.getByRole('button', { name: 'Send invitation' }).click();
  await owner.page.getByRole('button', { name: 'Take back colleague@example.test' }).waitFor();
  await owner.look('team');

  const link = linkIn(await mail(site, 'colleague@example.test', /invites you/));
  const colleague = await visit();
  const { page } = colleague;
  await page.setViewportSize({ width: 390, height: 844 });
  await colleague.open(link);
  await page.getByRole('heading', { name: 'Join Atelier Acme', level: 1 }).waitFor();
  assert.doesNotMatch(page.url(), /#./, 'the token stays in the address');
  await page.getByRole('textbox', { name: 'Name' }).fill('Cleo Colleague');
  await page.getByLabel('Password', { exact: true }).fill('short');
  colleague.expect(/status of 4(22|10)/);
  await page.getByRole('button', { name: 'Join' }).click();
  await page.getByText('This must have at least 10 characters.').waitFor();
  await colleague.look('accept-refused');
  await page.getByLabel('Password', { exact: true }).fill(FRESH);
  await page.getByRole('button', { name: 'Join' }).click();
  await page.getByRole('heading', { name: 'Dashboard', level: 1 }).waitFor();
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.getByRole('link', { name: 'Products' }).first().waitFor();
  assert.equal(await page.getByRole('link', { name: 'Team' }).count(), 0, 'a viewer has no page of the team');
  await colleague.open(link);
  await page.getByText('There is nothing to accept').waitFor();
  await colleague.look('invitation-ended');

  await owner.open(site.dashboard('/team'));
  const row = owner.page.getByRole('row').filter({ hasText: 'Cleo Colleague' });
  await row.getByRole('button', { name: 'Actions for Cleo Colleague' }).click();
  await owner.page.getByRole('menuitem', { name: 'Change role' }).click();
  const role = owner.page.getByRole('dialog', { name: 'Role of Cleo Colleague' });
  await role.getByRole('combobox', { name: 'Role' }).selectOption({ label: 'Manager: Day-to-day business' });
  await role.getByRole('button', { name: 'Change role' }).click();
  await row.getByText('Manager', { exact: true }).waitFor();
  await colleague.open(site.dashboard('/team'));
  await page.getByRole('heading', { name: 'Team', level: 1 }).waitFor();
  await row.getByRole('button', { name: 'Actions for Cleo Colleague' }).click();
  await owner.page.getByRole('menuitem', { name: 'Remove' }).click();
  await owner.page.getByRole('dialog', { name: 'Remove Cleo Colleague?' }).getByRole('button', { name: 'Remove' }).click();
  await row.waitFor({ state: 'detached' });
  assert.equal(await owner.page.getByRole('button', { name: /^Actions for/ }).count(), 2, 'the owner has no actions');
});

test('a customer who forgot the password chooses another one by a link', async ({ visit, site }) => {
  const visitor = await visit();
  visitor.expect(/status of 4(01|10|22)/);
  const { page } = visitor;
  await visitor.open(site.acme('/register'));
  await page.getByRole('textbox', { name: 'Full name' }).fill('Flora Forgetful');
  await page.getByRole('textbox', { name: 'E-mail' }).fill('flora@example.test');
  await page.getByLabel('Password', { exact: true }).fill('Correct-horse-2026');
  await page.getByRole('button', { name: 'Create an account' }).click();
  await page.getByText('Hello, Flora Forgetful').waitFor();

  const elsewhere = await visit();
  elsewhere.expect(/status of 4(01|10|22)/);
  await elsewhere.open(site.acme('/login'));
  await elsewhere.page.getByRole('link', { name: 'Forgot your password?' }).click();
  await elsewhere.page.getByRole('heading', { name: 'Forgot your password?', level: 1 }).waitFor();
  await elsewhere.look('ask');
  await elsewhere.page.getByRole('textbox', { name: 'E-mail' }).fill('flora@example.test');
  await elsewhere.page.getByRole('button', { name: 'Send a link' }).click();
  await elsewhere.page.getByText('Look into your mailbox').waitFor();
  await elsewhere.look('asked');
  const link = linkIn(await mail(site, 'flora@example.test', /new password/));
  await elsewhere.open(link);
  await elsewhere.page.getByLabel('New password', { exact: true }).fill('password1234');
  await elsewhere.page.getByRole('button', { name: 'Change password' }).click();
  await elsewhere.page.getByText('This is too easy to guess.').waitFor();
  await elsewhere.look('choose-refused');
  await elsewhere.page.getByLabel('New password', { exact: true }).fill(FRESH);
  await elsewhere.page.getByRole('button', { name: 'Change password' }).click();
  await elsewhere.page.getByText('Password changed', { exact: true }).waitFor();
  await mail(site, 'flora@example.test', /was changed/);
  // Where she was signed in she is no longer, and the old password is worth nothing.
  await visitor.open(site.acme('/account'));
  await page.getByRole('heading', { name: 'Sign in', level: 1 }).waitFor();
  await visitor.signIn(site.acme('/login'), { email: 'flora@example.test', password: 'Correct-horse-2026' });
  await page.getByText('Signing in failed').waitFor();
  await visitor.signIn(site.acme('/login'), { email: 'flora@example.test', password: FRESH });
  await page.getByText('Hello, Flora Forgetful').waitFor();
  // Another document: to the same one with another `#` a browser does not go anew.
  await elsewhere.open(site.acme('/login'));
  await elsewhere.open(link);
  await elsewhere.page.getByLabel('New password', { exact: true }).fill('Another-quince-4417');
  await elsewhere.page.getByRole('button', { name: 'Change password' }).click();
  await elsewhere.page.getByText('The link was used or has expired.').waitFor();
  await elsewhere.look('link-ended');
  await elsewhere.page.getByRole('link', { name: 'Ask for another link' }).click();
  await elsewhere.page.getByRole('heading', { name: 'Forgot your password?', level: 1 }).waitFor();
});

test('a member of staff who forgot the password chooses another one by a link', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.open(site.globex('/store/login'));
  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  await page.getByRole('heading', { name: 'Forgot your password?', level: 1 }).waitFor();
  await visitor.look('staff-ask');
  await page.getByRole('textbox', { name: 'E-mail' }).fill('owner@plain.test');
  await page.getByRole('button', { name: 'Send a link' }).click();
  await page.getByText('Look into your mailbox').waitFor();
  const link = linkIn(await mail(site, 'owner@plain.test', /new password/));
  assert.match(link, /^http:\/\/[^/]+\/store\/password\/new#/, 'on the domain of the platform');
  await visitor.open(link);
  await visitor.look('staff-choose');
  await page.getByLabel('New password', { exact: true }).fill(FRESH);
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByText('Password changed; sign in with the new one').waitFor();
  await page.getByLabel('E-mail').fill('owner@plain.test');
  await page.getByLabel('Password', { exact: true }).fill(FRESH);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { name: 'Choose a store', level: 1 }).waitFor();
});

test('a customer confirms the address by a link', async ({ visit, site }) => {
  const visitor = await visit();
  visitor.expect(/status of 4(01|10|22)/);
  const { page } = visitor;
  await visitor.open(site.acme('/register'));
  await page.getByRole('textbox', { name: 'Full name' }).fill('Vera Verified');
  await page.getByRole('textbox', { name: 'E-mail' }).fill('vera@example.test');
  await page.getByLabel('Password', { exact: true }).fill('Correct-horse-2026');
  await page.getByRole('button', { name: 'Create an account' }).click();
  await page.getByText('Please confirm your e-mail address').waitFor();
  await visitor.look('unconfirmed');
  const link = linkIn(await mail(site, 'vera@example.test', /Confirm your e-mail/));
  const stranger = await visit();
  await stranger.open(link);
  await stranger.page.getByText('Please sign in first').waitFor();
  await stranger.look('confirm-signed-out');
  // Whoever signs in here has not lost the link.
  const door = stranger.page.getByRole('main');
  await door.getByRole('button', { name: 'Sign in', exact: true }).click();
  await door.getByLabel('E-mail').fill('vera@example.test');
  await door.getByLabel('Password', { exact: true }).fill('Correct-horse-2026');
  await door.getByRole('button', { name: 'Sign in', exact: true }).click();
  await door.getByRole('button', { name: 'Confirm' }).waitFor();
  await visitor.open(link);
  await page.getByRole('heading', { name: 'Confirm your e-mail address', level: 1 }).waitFor();
  assert.doesNotMatch(page.url(), /#./, 'the token stays in the address');
  await visitor.look('confirm');
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.getByText('Address confirmed').waitFor();
  await page.getByRole('link', { name: 'To your account' }).click();
  await page.getByText('Hello, Vera Verified').waitFor();
  assert.equal(await page.getByText('Please confirm your e-mail address').count(), 0);

  await visitor.open(site.acme('/account/profile'));
  await page.getByRole('textbox', { name: 'New e-mail address' }).fill('nobody');
  const form = page.locator('form').filter({ hasText: 'New e-mail address' });
  await form.getByLabel('Current password', { exact: true }).fill('Correct-horse-2026');
  await form.getByRole('button', { name: 'Change e-mail address' }).click();
  await page.getByText('Please enter an e-mail address.').waitFor();
  await visitor.look('change-refused');
  await visitor.open(site.acme('/'));
  await visitor.open(link);
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.getByText('The link was used or has expired.').waitFor();
  await visitor.look('email-link-ended');
});

test('staff confirm their address from the page of their account', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(site.globex('/store/login'), people.globexOwner);
  await page.getByRole('heading', { name: 'Dashboard', level: 1 }).waitFor();
  await visitor.open(site.globex('/store/account'));
  await page.getByText('Your address is not confirmed').waitFor();
  await visitor.look('staff-unconfirmed');
  await page.getByRole('button', { name: 'Send a link' }).click();
  await page.getByText('A link is on its way').waitFor();
  await visitor.open(linkIn(await mail(site, people.globexOwner.email, /Confirm your e-mail/)));
  await page.getByRole('heading', { name: 'Confirm your e-mail address', level: 1 }).waitFor();
  await visitor.look('staff-confirm');
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.getByText('Address confirmed').waitFor();
  await visitor.open(site.globex('/store/account'));
  await page.getByText('Confirmed', { exact: true }).waitFor();
});

test('a store is handed over and back, and both agree', async ({ visit, site }) => {
  const [owner, heir] = [await visit(), await visit()];
  await owner.signIn(site.dashboard('/team'), people.owner);
  await offer(owner, people.manager, 'team-offer');
  await owner.page.getByRole('note').filter({ hasText: 'The store is offered to' }).waitFor();
  await owner.look('team-offered');
  await heir.signIn(site.dashboard('/account'), people.manager);
  await heir.page.getByText('offers you this store').waitFor();
  heir.expect(/status of 422/);
  await accept(heir, 'a guess');
  await heir.page.getByText('This is not the present password.').waitFor();
  await heir.look('team-offer-refused');
  await accept(heir, people.manager.password);
  await heir.page.getByText('The store is yours').waitFor();
  await heir.page.getByText('offers you this store').waitFor({ state: 'detached' });

  // What the owner may do no more is not there with the next page.
  await owner.open(site.dashboard('/team'));
  await owner.page.getByRole('button', { name: 'Leave this team' }).waitFor();
  await heir.open(site.dashboard('/team'));
  await offer(heir, people.owner);
  await owner.open(site.dashboard('/team'));
  await owner.page.getByText('offers you this store').waitFor();
  await owner.look('team-offer-to-me');
  await accept(owner, people.owner.password);
  await owner.page.getByRole('button', { name: 'Invite somebody' }).waitFor();
  await owner.page.getByRole('row').filter({ hasText: people.owner.email }).getByText('Owner', { exact: true }).waitFor();
});
