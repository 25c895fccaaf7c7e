// A server of before beside one of today, on the schema of today, as it is while servers are replaced one after the other.
// `ORION_BEFORE` names the program of before; `scripts/check-upgrade` makes it.
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';

import { Server, WITHOUT_LIMITS } from '../browser/support/server.mjs';
import { people } from '../browser/support/site.mjs';

/** Both take each other's tokens and passwords. */
const SECRETS = {
  ORION_AUTH_JWT_SECRET: randomBytes(32).toString('hex'),
  ORION_AUTH_PASSWORD_PEPPER: randomBytes(32).toString('hex'),
};

/** One of the two servers, as programs ask it. */
class Api {
  constructor(name, { port }) {
    Object.assign(this, { name, root: `http://localhost:${port}` });
  }

  async ask(area, method, path, { token, body, ...headers } = {}) {
    const answer = await fetch(`${this.root}/${area}/acme/api/v1/${area}${path}`, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body && JSON.stringify(body),
    });
    const text = await answer.text();
    assert.ok(answer.ok, `${this.name}: ${method} ${path}: ${answer.status} ${text}`);
    return { headers: answer.headers, json: text ? JSON.parse(text) : null };
  }

  async signIn() {
    const { email, password } = people.owner;
    const { json } = await this.ask('store', 'POST', '/auth/login', { body: { email, password } });
    return json.access_token;
  }
}

/** What one server has changed the other shows. */
async function changeProduct(one, other, token) {
  const { json: list } = await one.ask('store', 'GET', '/products?limit=1&status=active', { token });
  const path = `/products/${list.data[0].id}`;
  const { headers, json: product } = await one.ask('store', 'GET', path, { token });
  const title = `${product.title} (${one.name})`;
  await one.ask('store', 'PATCH', path, { token, body: { title }, 'if-match': headers.get('etag') });
  const { json: seen } = await other.ask('store', 'GET', path, { token });
  assert.equal(seen.title, title, `${other.name} shows what ${one.name} has changed`);
}

/** A guest fills a cart at one server and orders at the other; the dashboard of the first shows the order. */
async function buy(one, other, token) {
  const { json: shelf } = await one.ask('storefront', 'GET', '/products?available=true&limit=1');
  const { json: goods } = await one.ask('storefront', 'GET', `/products/${shelf.data[0].slug}`);
  const variant = goods.variants.find(({ available }) => available);
  const added = await one.ask('storefront', 'POST', '/cart/items', { body: { variant_id: variant.id, quantity: 1 } });
  const guest = { 'orion-cart': added.headers.get('orion-cart') };
  const { json: options } = await other.ask('storefront', 'GET', '/checkout/options', guest);
  const shipping_method_id = options.shipping_methods[0].id;
  const { json: quote } = await other.ask('storefront', 'POST', '/checkouts/quote', { ...guest, body: { shipping_method_id } });
  const body = {
    email: 'ada@example.test',
    shipping_address: { name: 'Ada Lovelace', line1: 'Unter den Linden 1', city: 'Berlin', postal_code: '10117', country: 'DE' },
    shipping_method_id,
    payment: { provider: 'manual' },
    expected_total_minor: quote.total.amount_minor,
  };
  const { json: placed } = await other.ask('storefront', 'POST', '/checkouts', { ...guest, body, 'idempotency-key': randomUUID() });
  const { json: order } = await one.ask('store', 'GET', `/orders/${placed.order_id}`, { token });
  assert.equal(order.totals.total.amount_minor, quote.total.amount_minor);
  await one.ask('store', 'POST', `/orders/${placed.order_id}/cancel`, { token, body: {}, 'idempotency-key': randomUUID() });
  console.log(`${one.name} and ${other.name}: order ${order.number} placed and cancelled`);
}

async function together(before, today) {
  // Signed in at the one, known at the other.
  for (const [one, other] of [[before, today], [today, before]]) {
    const token = await one.signIn();
    await changeProduct(one, other, token);
    await changeProduct(other, one, token);
    await buy(one, other, token);
  }
}

const program = process.env.ORION_BEFORE;
assert.ok(program, 'ORION_BEFORE names the program of before');
const settings = { ...WITHOUT_LIMITS, ...SECRETS };
const today = await Server.start(settings);
try {
  const DATABASE_URL = `postgres:///orion?host=${join(today.dataDir, 'postgres')}&user=orion`;
  const before = await Server.start({ ...settings, DATABASE_URL }, { command: [program, 'serve', '--no-migrate'] });
  try {
    await together(new Api('before', before), new Api('today', today));
  } finally {
    await before.stop();
  }
} finally {
  await today.stop();
}
