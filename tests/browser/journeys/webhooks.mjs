import assert from 'node:assert/strict';
import { test } from '../support/journey.mjs';
import { Receiver } from '../support/receiver.mjs';
import { people } from '../support/site.mjs';

const MANAGER = { ...people.owner, email: 'manager@acme.test' };

const deliveries = (page) => page.getByRole('list', { name: 'Deliveries' });
const sheet = (page) => page.getByRole('dialog', { name: / #\d+$/ });

async function withReceiver(run) {
  const receiver = await Receiver.start();
  try {
    return await run(receiver);
  } finally {
    await receiver.stop();
  }
}

/** Goes through the form, with what may go wrong in it, to the secret. */
async function addEndpoint(visitor, receiver) {
  const { page } = visitor;
  await page.getByRole('link', { name: 'Add endpoint' }).click();
  await page.getByRole('heading', { name: 'New endpoint', level: 1 }).waitFor();
  await page.getByRole('textbox', { name: 'Address' }).fill('http://10.0.0.1/webhooks');
  await page.getByRole('textbox', { name: 'Description' }).fill('Stock system');
  await page.getByRole('radio', { name: /^Only some/ }).check();
  await page.getByRole('checkbox', { name: /^product\.updated/ }).waitFor();
  const bar = page.getByRole('region', { name: 'Unsaved changes' });
  await bar.getByRole('button', { name: 'Add endpoint' }).click();
  await page.getByText('Choose at least one event, or all of them.').waitFor();
  await page.getByRole('checkbox', { name: /^product\.updated/ }).check();
  await page.getByRole('checkbox', { name: /^order\.placed/ }).check();
  await bar.getByRole('button', { name: 'Add endpoint' }).click();
  await page.getByText('This is not on the public internet.').waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'Description' }).inputValue(), 'Stock system', 'nothing is lost');
  await visitor.look('form-refused');
  await page.getByRole('textbox', { name: 'Address' }).fill(receiver.url);
  await page.getByRole('link', { name: 'Orders' }).first().click();
  const question = page.getByRole('dialog', { name: 'Leave without saving?' });
  await question.getByRole('button', { name: 'Keep editing' }).click();
  await bar.getByRole('button', { name: 'Add endpoint' }).click();
  return readSecret(visitor, 'secret', page.getByRole('link', { name: 'Copied: go to the endpoint' }));
}

/** The secret that is shown this once, and the way on. */
async function readSecret(visitor, name, on) {
  const { page } = visitor;
  await page.getByText('Copy it now: it is not shown again').waitFor();
  const secret = await page.getByText(/^whsec_/).textContent();
  await visitor.look(name);
  await on.click();
  await page.getByText(/^whsec_/).waitFor({ state: 'detached' });
  return secret;
}

/** Sends a test, which is opened and followed until something came back. */
async function sendTest(visitor, name) {
  const { page } = visitor;
  await page.getByRole('button', { name: 'Send a test' }).click();
  const question = page.getByRole('dialog', { name: 'Send a test' });
  await question.getByLabel('Event').selectOption('product.updated');
  if (name) await visitor.look(`${name}-question`);
  await question.getByRole('button', { name: 'Send it' }).click();
  await sheet(page).getByText('Delivered', { exact: true }).waitFor();
  if (name) await visitor.look(name);
  await sheet(page).getByRole('button', { name: 'Close' }).last().click();
}

async function rename(visitor, site, from, to) {
  const { page } = visitor;
  await visitor.open(site.dashboard(`/products?q=${encodeURIComponent(from)}`));
  await page.getByRole('link', { name: from }).click();
  await page.getByRole('heading', { name: from, level: 1 }).waitFor();
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill(to);
  await page.getByRole('region', { name: 'Unsaved changes' }).getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: to, level: 1 }).waitFor();
}

/** The receiver refuses, which is seen with the time of the next attempt, and takes it when it is sent again. */
async function failAndSendAgain(visitor, receiver) {
  const { page } = visitor;
  const row = deliveries(page).getByRole('listitem').first();
  await row.getByText('Retrying', { exact: true }).waitFor();
  await row.getByText(/500 in \d+ ms/).waitFor();
  await page.getByText(/^Nothing has arrived since/).waitFor();
  // The second attempt comes five seconds after the first, the third five minutes after that.
  await row.getByRole('button').click();
  await sheet(page).getByText('in 5 minutes').waitFor();
  assert.equal(await sheet(page).getByText('the stock system is being mended').count(), 2, 'what came back, twice');
  await visitor.look('failing');
  receiver.status = 200;
  await sheet(page).getByRole('button', { name: 'Send again' }).click();
  await sheet(page).getByText('Delivered', { exact: true }).waitFor();
  await visitor.look('sent-again');
  await page.keyboard.press('Escape');
  await row.getByText('Delivered', { exact: true }).waitFor();
  await page.getByText(/^Nothing has arrived since/).waitFor({ state: 'detached' });
}

async function choose(page, action) {
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

async function filter(visitor) {
  const { page } = visitor;
  await page.getByRole('button', { name: 'State', exact: true }).click();
  await page.getByRole('radio', { name: 'Given up' }).check();
  await page.getByText('Nothing matches').waitFor();
  await visitor.look('filtered');
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await deliveries(page).waitFor();
}

/** Without a connection the log stays, and says that it may be old. */
async function loseConnection(visitor) {
  const { page, context } = visitor;
  visitor.expect(/ERR_INTERNET_DISCONNECTED/);
  await context.setOffline(true);
  await page.getByText('No connection', { exact: true }).waitFor();
  assert.equal(await deliveries(page).getByRole('listitem').count(), 3);
  await context.setOffline(false);
  await page.getByText('Live', { exact: true }).waitFor();
}

test('an endpoint is added, tried, followed while its receiver fails, sent to again, given another secret and switched off', async ({ visit, site }) => withReceiver(async (receiver) => {
  const visitor = await visit();
  visitor.expect(/status of 422/);
  const { page } = visitor;
  await visitor.signIn(site.dashboard('/webhooks'), people.owner);
  await page.getByText('Nothing is told yet').waitFor();
  await visitor.look('empty');
  const secret = await addEndpoint(visitor, receiver);
  await page.getByRole('heading', { name: 'Stock system', level: 1 }).waitFor();
  await page.getByText('Nothing was sent yet').waitFor();
  await visitor.look('endpoint-new');

  await sendTest(visitor, 'test');
  assert.equal(receiver.newest(secret).test, true);

  const editor = await visit();
  await editor.signIn(site.dashboard('/products'), people.owner);
  await editor.page.getByRole('table', { name: 'Products' }).waitFor();
  await deliveries(page).getByRole('button').first().focus();
  await rename(editor, site, 'Morning Mug', 'Morning Mug, glazed');
  // Nobody has reloaded the page.
  const row = deliveries(page).getByRole('listitem').filter({ hasText: '#2' });
  await row.getByText('Delivered', { exact: true }).waitFor();
  assert.match(await page.evaluate(() => document.activeElement.textContent), /#1 /, 'the keyboard stays where it is');
  const told = receiver.newest(secret);
  assert.deepEqual([told.type, told.sequence, told.test], ['product.updated', 2, undefined]);

  receiver.status = 500;
  await rename(editor, site, 'Morning Mug, glazed', 'Morning Mug');
  await failAndSendAgain(visitor, receiver);
  assert.equal(receiver.newest(secret).sequence, 3);
  await filter(visitor);
  await visitor.look('log');
  await loseConnection(visitor);

  await choose(page, 'Rotate the secret');
  await page.getByRole('dialog', { name: 'Rotate the secret?' }).getByRole('button', { name: 'Rotate' }).click();
  const fresh = await readSecret(visitor, 'rotated', page.getByRole('button', { name: 'Copied: hide it' }));
  await page.getByText(/^Two, the older one until/).waitFor();
  await sendTest(visitor);
  receiver.newest(secret, fresh);

  const before = receiver.received.length;
  await choose(page, 'Replay from a number');
  const replay = page.getByRole('dialog', { name: 'Replay from a number' });
  await replay.getByLabel('From number').fill('99');
  await replay.getByRole('button', { name: 'Replay' }).click();
  await replay.getByText(/is none of its numbers, which go from 1 to 4/).waitFor();
  await visitor.look('replay');
  await replay.getByLabel('From number').fill('3');
  await replay.getByRole('button', { name: 'Replay' }).click();
  await page.getByText('2 deliveries are sent again').waitFor();
  await receiver.until(before + 2);

  await choose(page, 'Switch off');
  await page.getByRole('dialog', { name: 'Switch this endpoint off?' }).getByRole('button', { name: 'Switch off' }).click();
  await page.getByText(/^Switched off:/).waitFor();
  await visitor.look('off');
  await visitor.open(site.dashboard('/webhooks'));
  await page.getByRole('table', { name: 'Endpoints' }).getByText('Off', { exact: true }).waitFor();
  await visitor.look('list');
}));

test('who may only look sees everything and no button that changes it, and others are told which right it takes', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(site.dashboard('/webhooks'), MANAGER);
  await page.getByRole('link', { name: /Stock system|127\.0\.0\.1/ }).click();
  await deliveries(page).waitFor();
  const main = page.getByRole('main');
  assert.equal(await main.getByRole('button', { name: /^(Send a test|Switch|More actions)/ }).count(), 0);
  await deliveries(page).getByRole('button').first().click();
  await sheet(page).getByRole('region', { name: 'Body' }).waitFor();
  assert.equal(await sheet(page).getByRole('button', { name: 'Send again' }).count(), 0);
  await visitor.open(site.dashboard('/webhooks/new'));
  await page.getByText('This page is not for your role').waitFor();
  await page.getByText('webhooks.write').waitFor();
  const viewer = await visit();
  await viewer.signIn(site.dashboard('/webhooks'), people.viewer);
  await viewer.page.getByText('webhooks.read').waitFor();
});

test('an endpoint is changed, and deleted with a question', async ({ visit, site }) => {
  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(site.dashboard('/webhooks'), people.owner);
  await page.getByRole('link', { name: /127\.0\.0\.1/ }).click();
  await page.getByRole('heading', { name: 'Stock system', level: 1 }).waitFor();
  await choose(page, 'Edit');
  await page.getByRole('heading', { name: 'Edit endpoint', level: 1 }).waitFor();
  await page.getByRole('textbox', { name: 'Description' }).fill('Warehouse');
  await page.getByRole('radio', { name: /^Only ids/ }).check();
  await visitor.look('edit');
  await page.getByRole('region', { name: 'Unsaved changes' }).getByRole('button', { name: 'Save' }).click();
  await page.getByText('Endpoint saved').waitFor();
  await page.getByRole('link', { name: 'Endpoint', exact: true }).click();
  await page.getByRole('heading', { name: 'Warehouse', level: 1 }).waitFor();
  await page.getByText('Only the ids').waitFor();
  await choose(page, 'Delete');
  const question = page.getByRole('dialog', { name: 'Delete this endpoint?' });
  await question.waitFor();
  await visitor.look('delete');
  // The log follows what happens, and may look once more before the page is left.
  visitor.expect(/status of 404 .*\/deliveries/);
  await question.getByRole('button', { name: 'Delete' }).click();
  await page.getByText('Nothing is told yet').waitFor();
});
