import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from '../support/journey.mjs';
import { people } from '../support/site.mjs';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const now = () => Math.floor(Date.now() / 30_000);

/** What an authenticator app shows in a step of thirty seconds (RFC 6238), by other hands than the server's. */
function codeOf(secret, step) {
  const bits = [...secret].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', key).update(counter).digest();
  const number = mac.readUInt32BE(mac.at(-1) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/** Sets an app up on the page at hand; its secret, the step of the code that was used, and the recovery codes. */
async function setUp(visitor, password) {
  const { page } = visitor;
  await page.getByRole('button', { name: 'Set up an authenticator app' }).click();
  await page.locator('input[name="factor_password"]').fill(password);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('img', { name: 'The secret for an authenticator app, as a QR code' }).waitFor();
  const secret = await page.locator('.ui-copy__value').innerText();
  const step = now();
  await visitor.look('scan');
  await page.getByLabel('Code', { exact: true }).fill(codeOf(secret, step));
  await page.getByRole('button', { name: 'Turn on' }).click();
  await page.getByText('Keep your recovery codes: they are not shown again').waitFor();
  const codes = (await page.locator('.ui-copy__value').innerText()).split('\n');
  assert.equal(codes.length, 10);
  await visitor.look('recovery-codes');
  await page.getByRole('button', { name: 'I have kept them' }).click();
  return { secret, step, codes };
}

async function turnOff(visitor, password, code) {
  const { page } = visitor;
  await page.getByRole('button', { name: 'Turn off' }).click();
  const question = page.getByRole('dialog', { name: 'Turn the second factor off?' });
  await question.getByLabel('Your password', { exact: true }).fill(password);
  await question.getByLabel('Code', { exact: true }).fill(code);
  await question.getByRole('button', { name: 'Turn off' }).click();
  await page.getByText('The second factor is off').first().waitFor();
}

async function giveCode(visitor, code) {
  await visitor.page.getByLabel('Code', { exact: true }).fill(code);
  await visitor.page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

test('a second factor is set up, asked for after the password, and wanted of everybody', async ({ visit, site }) => {
  const viewer = await visit();
  viewer.expect(/status of 4(22|03)/);
  await viewer.signIn(site.dashboard('/account'), people.viewer);
  await viewer.page.getByRole('heading', { name: 'Second factor' }).waitFor();
  await viewer.look('off');
  const phone = await setUp(viewer, people.viewer.password);
  await viewer.page.getByText('Recovery codes left: 10').waitFor();
  await viewer.look('on');

  const again = await visit();
  again.expect(/status of 4(01|22)/);
  await again.signIn(site.dashboard('/account'), people.viewer);
  await again.page.getByLabel('Code', { exact: true }).waitFor();
  await giveCode(again, codeOf(phone.secret, phone.step));
  await again.page.getByText('This is not right, or was used already.').waitFor();
  await again.look('code-refused');
  await giveCode(again, codeOf(phone.secret, phone.step + 1));
  await again.page.getByRole('heading', { name: 'Your account', level: 1 }).waitFor();
  await turnOff(again, people.viewer.password, phone.codes[0]);

  const owner = await visit();
  owner.expect(/status of 409/);
  await owner.signIn(site.dashboard('/team'), people.owner);
  const wanted = owner.page.getByRole('switch', { name: 'Everybody needs a second factor' });
  await wanted.click();
  await owner.page.getByRole('button', { name: 'Save' }).click();
  await owner.page.getByText('Turn it on in your account; then you can ask the others for theirs.').waitFor();
  await owner.look('own-first');
  await owner.page.getByRole('link', { name: 'Go to your account' }).click();
  const owners = await setUp(owner, people.owner.password);
  await owner.page.getByText('Recovery codes left: 10').waitFor();
  await owner.open(site.dashboard('/team'));
  await wanted.click();
  await owner.page.getByRole('button', { name: 'Save' }).click();
  await owner.page.getByText('Saved', { exact: true }).waitFor();
  await owner.look('wanted');

  // Whoever lacks one is led to it, and is in once it is on.
  await again.open(site.dashboard('/products'));
  await again.page.getByRole('heading', { name: 'Turn on a second factor', level: 1 }).waitFor();
  await again.look('needed');
  const anew = await setUp(again, people.viewer.password);
  await again.page.getByRole('heading', { name: 'Products', level: 1 }).waitFor();

  await wanted.click();
  await owner.page.getByRole('button', { name: 'Save' }).click();
  await owner.page.getByText('Saved', { exact: true }).first().waitFor();
  await owner.open(site.dashboard('/account'));
  await turnOff(owner, people.owner.password, owners.codes[1]);
  await again.open(site.dashboard('/account'));
  await turnOff(again, people.viewer.password, anew.codes[1]);
});
