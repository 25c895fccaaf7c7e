// Receives webhooks as a shop's own program would, and verifies each with the libraries that others have written for it.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';

const { ORION_URL, ORION_EMAIL, ORION_PASSWORD } = process.env;
const API = '/api/v1/store';
/** The dashboard of a shop by its path: Node resolves no names below localhost. */
const DASHBOARD = `${ORION_URL}/store/acme`;
/** Longer than the worker's look, the job and the request take on a machine that is busy. */
const PATIENCE_MS = 60_000;

const received = [];
const waiting = [];

/** A receiver on this machine, which takes everything. */
async function receiver() {
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      response.writeHead(204).end();
      waiting.splice(0).forEach((look) => look());
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** The first delivery that fits, as soon as it is there. */
async function delivery(what, fits) {
  const limit = AbortSignal.timeout(PATIENCE_MS);
  const late = once(limit, 'abort').then(() => { throw new Error(`${what} did not come`); });
  for (;;) {
    const found = received.find(({ body }) => fits(JSON.parse(body)));
    if (found) return found;
    await Promise.race([new Promise((resolve) => { waiting.push(resolve); }), late]);
  }
}

/** What a receiver does with what it got: each library takes it with the secret, and refuses it changed. */
function verify({ headers, body }, secret) {
  for (const Webhook of [StandardWebhook, SvixWebhook]) {
    const verifier = new Webhook(secret);
    assert.deepEqual(verifier.verify(body, headers), JSON.parse(body));
    assert.throws(() => verifier.verify(body.replace('"type"', '"kind"'), headers));
    assert.throws(() => verifier.verify(body, { ...headers, 'webhook-id': 'another' }));
    assert.throws(() => verifier.verify(body, { ...headers, 'webhook-timestamp': '1' }));
  }
}

let token;

async function ask(method, path, body, more = {}) {
  const response = await fetch(`${DASHBOARD}${API}${path}`, {
    method,
    headers: {
      'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }), ...more,
    },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
  return text && JSON.parse(text);
}

const server = await receiver();
try {
  ({ access_token: token } = await ask('POST', '/auth/login', { email: ORION_EMAIL, password: ORION_PASSWORD }));
  const url = `http://127.0.0.1:${server.address().port}/orion`;
  const { id, secret } = await ask('POST', '/webhook-endpoints', { url, description: 'A receiver of the tests' });

  const { data: events } = await ask('GET', '/webhook-events');
  assert.ok(events.length > 0, 'there are events to choose from');
  for (const { name, version } of events) {
    await ask('POST', `/webhook-endpoints/${id}/test`, { event: name });
    const got = await delivery(name, (body) => body.type === name && body.test);
    assert.equal(JSON.parse(got.body).version, version);
    verify(got, secret);
  }

  const product = await ask('POST', '/products', { title: 'Webhook mug', variants: [{ price_minor: 1000 }] });
  const real = await delivery('what happened to the product', (body) => !body.test && JSON.stringify(body.data).includes(product.id));
  verify(real, secret);

  const { secret: next } = await ask('POST', `/webhook-endpoints/${id}/secret/rotate`, {});
  assert.notEqual(next, secret);
  received.length = 0;
  await ask('POST', `/webhook-endpoints/${id}/test`, { event: events[0].name });
  const between = await delivery('a test after the rotation', (body) => body.test);
  verify(between, secret);
  verify(between, next);

  const numbers = received.concat(between, real).map(({ body }) => JSON.parse(body).sequence);
  assert.ok(numbers.every(Number.isInteger));
  await ask('DELETE', `/webhook-endpoints/${id}`);
  console.log(`webhooks: ${events.length + 2} deliveries verified with standardwebhooks and svix`);
} finally {
  server.close();
}
