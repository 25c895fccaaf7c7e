// A merchant opens a shop of their own: from the platform's landing page to an empty shop with its checklist, on a phone.
import assert from 'node:assert/strict';
import { test } from '../support/journey.mjs';
import { linkIn, mail } from '../support/mailbox.mjs';
import { people } from '../support/site.mjs';

const FRESH = 'Tramway-quince-4417';
const LENA = 'lena@example.test';
const PHONE = { width: 390, height: 844 };

/** The page that the platform's own address leads to. */
async function land(visitor, site) {
  await visitor.open(site.on('orion.localhost'));
  await visitor.page.getByRole('heading', { name: 'Open a shop', level: 1 }).waitFor();
}

test('administrators say whether people open shops on their platform, and on which terms', async ({ visit, site }) => {
  const admin = await visit();
  admin.expect(/status of 422/);
  const { page } = admin;
  const visitor = await visit();
  await visitor.open(site.on('orion.localhost', '/store/sign-up'));
  await visitor.page.getByText('Nobody opens a shop here by themselves').waitFor();
  await visitor.look('closed');

  await admin.signIn(site.admin('/platforms'), people.admin);
  await page.getByRole('table', { name: 'Platforms' }).getByRole('link', { name: 'Orion main' }).click();
  await page.getByRole('switch', { name: 'People may open shops by themselves' }).click();
  await page.getByLabel('Address of the terms').fill('http://shops.example/terms');
  await page.getByLabel('Version of the terms').fill('2026-12');
  await page.getByRole('button', { name: 'Save sign-up' }).click();
  await page.getByText(/is no address such as/).waitFor();
  await admin.look('policy-refused');
  await page.getByLabel('Address of the terms').fill('https://shops.example/terms');
  await page.getByRole('button', { name: 'Save sign-up' }).click();
  await page.getByText('Sign-up saved').waitFor();
  await admin.look('policy');
});

test('a merchant opens a shop on a phone, and is in its dashboard with what is left to do', async ({ visit, site }) => {
  const lena = await visit();
  lena.expect(/status of 4(09|10|22)/);
  const { page } = lena;
  await page.setViewportSize(PHONE);
  await land(lena, site);
  await lena.look('ask');
  await page.getByRole('textbox', { name: 'Name of the shop' }).fill('Lantern House');
  await page.keyboard.press('Tab');
  await page.getByText('lantern-house.orion.localhost is free.').waitFor();
  await page.getByRole('textbox', { name: 'Address' }).fill('acme');
  await page.getByText(/is taken by another store/).waitFor();
  await page.getByRole('textbox', { name: 'Your e-mail' }).fill(LENA);
  await page.getByRole('button', { name: 'Open a shop' }).click();
  await page.getByText(/must be accepted/i).first().waitFor();
  await lena.look('ask-refused');
  await page.getByRole('checkbox', { name: 'I accept the terms of the platform' }).check();
  await page.getByRole('textbox', { name: 'Address' }).fill('lantern-house');
  await page.getByText('lantern-house.orion.localhost is free.').waitFor();
  await page.getByRole('button', { name: 'Open a shop' }).click();
  await page.getByText('Look into your mailbox').waitFor();
  await lena.look('sent');
  // Whoever has mistyped the address finds the rest as it was.
  await page.getByRole('button', { name: 'Change something' }).click();
  assert.equal(await page.getByRole('textbox', { name: 'Name of the shop' }).inputValue(), 'Lantern House');
  assert.equal(await page.getByRole('textbox', { name: 'Address' }).inputValue(), 'lantern-house');
  await page.getByText('lantern-house.orion.localhost is free.').waitFor();

  const link = linkIn(await mail(site, LENA, /^Open your shop/));
  await lena.open(link);
  await page.getByRole('heading', { name: 'Open Lantern House', level: 1 }).waitFor();
  await page.getByRole('textbox', { name: 'Your name' }).fill('Lena Lantern');
  await page.getByLabel('Password', { exact: true }).fill('short');
  await page.getByRole('button', { name: 'Open the shop' }).click();
  await page.getByText('This must have at least 10 characters.').waitFor();
  await lena.look('confirm-refused');
  await page.getByLabel('Password', { exact: true }).fill(FRESH);
  await page.getByRole('button', { name: 'Open the shop' }).click();
  await page.getByText('Closed to the world').waitFor();
  assert.match(page.url(), /^http:\/\/lantern-house\.orion\.localhost:\d+\/store\/dashboard$/);
  await lena.look('empty-shop');

  await lena.open(link);
  await page.getByText('There is nothing to open').waitFor();
  await lena.look('link-ended');
});

test('who has an account is told so by mail alone, and signs in to open a shop', async ({ visit, site }) => {
  const visitor = await visit();
  visitor.expect(/status of 409/);
  const { page } = visitor;
  await land(visitor, site);
  await page.getByRole('textbox', { name: 'Name of the shop' }).fill('Second House');
  await page.keyboard.press('Tab');
  await page.getByRole('textbox', { name: 'Your e-mail' }).fill(LENA);
  await page.getByRole('checkbox', { name: 'I accept the terms of the platform' }).check();
  await page.getByRole('button', { name: 'Open a shop' }).click();
  await page.getByText('Look into your mailbox').waitFor();
  const told = await mail(site, LENA, /^You have an account/);
  await visitor.open(linkIn(told));
  await page.getByRole('link', { name: 'You have an account? Sign in' }).click();
  await page.getByLabel('E-mail').fill(LENA);
  await page.getByLabel('Password', { exact: true }).fill(FRESH);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByText('The account that is signed in will own it.').waitFor();
  await page.getByRole('textbox', { name: 'Name of the shop' }).fill('Second House');
  await page.keyboard.press('Tab');
  await page.getByRole('checkbox', { name: 'I accept the terms of the platform' }).check();
  await page.getByRole('button', { name: 'Open the shop' }).click();
  // One is the most that the platform allows.
  await page.getByText(/1 shop is the most/).waitFor();
  await visitor.look('limit');
});
