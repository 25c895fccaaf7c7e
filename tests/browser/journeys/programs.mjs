import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { test } from '../support/journey.mjs';
import { people } from '../support/site.mjs';

const MANAGER = { ...people.owner, email: 'manager@acme.test' };
/** As long as what some programs seal there: it comes through the sign-in page whole. */
const STATE = `a state & more ${'x'.repeat(1800)}`;

/** A program on somebody's own machine: where its answers go to, and the secret that its codes are bound to. */
async function listen() {
  const server = createServer((_, answer) => {
    answer.setHeader('content-type', 'text/html');
    answer.end('<!doctype html><html lang="en"><head><title>Back</title><link rel="icon" href="data:,"></head><body><main>You may close this window.</main></body></html>');
  });
  await new Promise((done) => { server.listen(0, '127.0.0.1', done); });
  const verifier = randomBytes(32).toString('base64url');
  return {
    callback: `http://127.0.0.1:${server.address().port}/callback`,
    verifier,
    challenge: createHash('sha256').update(verifier).digest('base64url'),
    close: () => server.close(),
  };
}

/** The page that the program sends somebody to. */
function consentPage(site, program, clientId, scope) {
  const asked = new URLSearchParams({
    response_type: 'code', client_id: clientId, redirect_uri: program.callback, scope, state: STATE,
    code_challenge: program.challenge, code_challenge_method: 'S256',
  });
  return site.dashboard(`/authorize?${asked}`);
}

/** Changes a code for tokens as the program does; by the page, since Node resolves no names below localhost. */
async function change(page, fields) {
  return page.evaluate(async (form) => {
    const answer = await fetch('/oauth/token', { method: 'POST', body: new URLSearchParams(form) });
    return { status: answer.status, body: await answer.json() };
  }, fields);
}

/** What the program gets with its token. */
async function ask(page, token, path) {
  return page.evaluate(async ([token, path]) => {
    const answer = await fetch(`/api/v1/store${path}`, { headers: { authorization: `Bearer ${token}` } });
    return answer.status;
  }, [token, path]);
}

/** Goes through the form, with what may go wrong in it; what the program names itself by. */
async function register(visitor) {
  const { page } = visitor;
  await page.getByRole('link', { name: 'Register program' }).click();
  await page.getByRole('heading', { name: 'Register program', level: 1 }).waitFor();
  await page.getByRole('textbox', { name: 'Name' }).fill('Assistant');
  await page.getByRole('textbox', { name: 'Where answers may go to' }).fill('http://assistant.example/callback');
  const bar = page.getByRole('region', { name: 'Unsaved changes' });
  visitor.expect(/status of 422 .*\/programs/);
  await bar.getByRole('button', { name: 'Register program' }).click();
  await page.getByText(/has to begin with https/).first().waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'Name' }).inputValue(), 'Assistant', 'nothing is lost');
  await visitor.look('form-refused');
  await page.getByRole('textbox', { name: 'Where answers may go to' }).fill('http://127.0.0.1/callback');
  await bar.getByRole('button', { name: 'Register program' }).click();
  await page.getByRole('heading', { name: 'Assistant', level: 1 }).waitFor();
  await visitor.look('program');
  return page.getByText(/^[0-9a-f]{8}-[0-9a-f-]{27}$/).first().textContent();
}

test('a program is registered, asks somebody, acts with what it was given, and is revoked', async ({ visit, site }) => {
  const owner = await visit();
  await owner.signIn(site.dashboard('/programs'), people.owner);
  await owner.page.getByText('No program acts for anybody here').waitFor();
  await owner.look('empty');
  const clientId = await register(owner);
  const program = await listen();

  const visitor = await visit();
  const { page } = visitor;
  await visitor.signIn(consentPage(site, program, clientId, 'orders.write products.read'), MANAGER);
  await page.getByRole('heading', { name: 'Assistant asks to act for you', level: 1 }).waitFor();
  await page.getByText(/^This device \(127\.0\.0\.1:\d+\)$/).waitFor();
  const sees = page.getByRole('checkbox', { name: /^See orders/ });
  assert.ok(await sees.isChecked() && await sees.isDisabled(), 'who may change may see');
  await visitor.look('consent');
  await page.getByRole('checkbox', { name: /products/ }).uncheck();
  await page.getByRole('button', { name: 'Allow' }).click();
  await page.waitForURL(`${program.callback}**`);
  const told = new URL(page.url()).searchParams;
  assert.deepEqual([told.get('state'), told.get('iss')], [STATE, site.acme('')]);

  const fields = {
    grant_type: 'authorization_code', code: told.get('code'), redirect_uri: program.callback, client_id: clientId, code_verifier: program.verifier,
  };
  const tokens = await change(owner.page, fields);
  assert.deepEqual([tokens.status, tokens.body.scope], [200, 'orders.read orders.write']);
  const token = tokens.body.access_token;
  assert.equal(await ask(owner.page, token, '/orders'), 200);
  owner.expect(/status of 40[13] .*\/api\/v1\/store\/(products|orders)/);
  assert.equal(await ask(owner.page, token, '/products'), 403);

  await visitor.open(site.dashboard('/account'));
  await page.getByText('Connected programs').waitFor();
  await visitor.look('account');
  await owner.open(site.dashboard('/programs'));
  await owner.page.getByText('orders.read, orders.write').waitFor();
  await owner.look('connected');
  await owner.page.getByRole('button', { name: 'Revoke Assistant' }).click();
  const question = owner.page.getByRole('dialog', { name: 'Revoke what this program may do?' });
  await question.waitFor();
  await owner.look('revoke');
  await question.getByRole('button', { name: 'Revoke' }).click();
  await owner.page.getByText('No program acts for anybody here').waitFor();
  assert.equal(await ask(owner.page, token, '/orders'), 401);
  program.close();
});

test('who denies gives nothing, and a program that asks wrongly or from elsewhere is not answered', async ({ visit, site }) => {
  const owner = await visit();
  const { page } = owner;
  await owner.signIn(site.dashboard('/programs'), people.owner);
  await page.getByRole('heading', { name: 'Programs', level: 1 }).waitFor();
  const clientId = await register(owner);
  const program = await listen();
  await owner.open(consentPage(site, program, clientId, 'orders.eat'));
  await page.getByText('It has asked in a way that cannot be answered').waitFor();
  await owner.look('asked-wrongly');
  owner.expect(/status of 422 .*\/connections\/look-up/);
  await owner.open(consentPage(site, { ...program, callback: 'https://elsewhere.example/callback' }, clientId, 'orders.read'));
  await page.getByText(/has not said that answers may go to this address/).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Allow' }).count(), 0);
  await owner.look('elsewhere');
  const viewer = await visit();
  await viewer.signIn(consentPage(site, program, clientId, 'orders.write'), people.viewer);
  const write = viewer.page.getByRole('checkbox', { name: /you do not hold it/ });
  await write.waitFor();
  assert.ok(await write.isDisabled() && !(await write.isChecked()));
  await viewer.look('viewer');
  await viewer.page.getByRole('button', { name: 'Deny' }).click();
  await viewer.page.waitForURL(`${program.callback}**`);
  const told = new URL(viewer.page.url()).searchParams;
  assert.deepEqual([told.get('error'), told.get('code')], ['access_denied', null]);
  program.close();
});
