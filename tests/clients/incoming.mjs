// Calls a shop as its provider of test cards would, signed with the libraries that others have written for it.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';

const { ORION_URL } = process.env;
const CALLS = `${ORION_URL}/storefront/acme/api/v1/incoming/test-card`;
/** Everybody knows it: test cards move no money. */
const SECRET = 'whsec_b3Jpb246IHRlc3QgY2FyZHMgaGF2ZSBubyBzZWNyZXQ=';

async function call(Webhook, { id, at, body, sent = body }) {
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': `${Math.floor(at / 1000)}`,
    'webhook-signature': new Webhook(SECRET).sign(id, at, body),
  };
  const response = await fetch(CALLS, { method: 'POST', headers, body: sent });
  return { status: response.status, json: await response.json() };
}

for (const Webhook of [StandardWebhook, SvixWebhook]) {
  const message = { id: `evt_${randomUUID()}`, at: new Date(), body: JSON.stringify({ type: 'charge.updated', data: { key: randomUUID() } }) };
  assert.deepEqual(await call(Webhook, message), { status: 200, json: { duplicate: false } });
  assert.deepEqual(await call(Webhook, message), { status: 200, json: { duplicate: true } });
  const changed = await call(Webhook, { ...message, sent: message.body.replace('updated', 'refused') });
  assert.deepEqual([changed.status, changed.json.code], [400, 'incoming.not_verified']);
  const old = await call(Webhook, { ...message, at: new Date(Date.now() - 6 * 60_000) });
  assert.deepEqual([old.status, old.json.code], [400, 'incoming.not_verified']);
}
console.log('incoming: calls that standardwebhooks and svix have signed are taken, once');
