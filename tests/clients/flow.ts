/** One way through the API with the types that openapi-typescript makes: sign in, page, change under a version, buy as a guest, read. */

import createClient from 'openapi-fetch';

import type { paths } from './api.js';

/** A shop by its path: no browser or Node lets a program choose the host. */
const [shop, dashboard] = ['storefront', 'store'].map((area) => `${process.env.ORION_URL}/${area}/acme`);

function client(baseUrl: string | undefined, secret: Record<string, string> = {}) {
  return createClient<paths>({ baseUrl: baseUrl ?? '', headers: secret });
}

/** The data of an answer; what went wrong otherwise. */
function good<T>({ data, error, response }: { data?: T; error?: unknown; response: Response }): T {
  if (data === undefined) throw new Error(`${response.status} ${response.url}: ${JSON.stringify(error)}`);
  return data;
}

const account = { email: process.env.ORION_EMAIL ?? '', password: process.env.ORION_PASSWORD ?? '' };
const { access_token: token } = good(await client(dashboard).POST('/api/v1/store/auth/login', { body: account }));
const owner = client(dashboard, { authorization: `Bearer ${token}` });

const page = good(await owner.GET('/api/v1/store/products', { params: { query: { limit: 2, status: 'active' } } }));
const cursor = page.next_cursor;
if (!page.has_more || !cursor) throw new Error('the demo has more than two products');
const next = good(await owner.GET('/api/v1/store/products', { params: { query: { limit: 2, status: 'active', cursor } } }));
if (next.data[0]?.id === page.data[0]?.id) throw new Error('the second page is the first one');

const id = page.data[0]!.id;
const read = await owner.GET('/api/v1/store/products/{id}', { params: { path: { id } } });
const product = good(read);
const etag = read.response.headers.get('etag');
if (etag !== `"${product.version}"`) throw new Error(`ETag ${etag} of version ${product.version}`);
const change = { title: `${product.title} (changed)`, metadata: { checked: 'yes' } };
const path = { params: { path: { id }, header: { 'If-Match': etag } }, body: change };
const changed = good(await owner.PATCH('/api/v1/store/products/{id}', path));
if (changed.title !== change.title) throw new Error('nothing was changed');
const stale = await owner.PATCH('/api/v1/store/products/{id}', path);
if (stale.response.status !== 412 || stale.error?.code !== 'framework.stale') throw new Error('an old version was taken');

const shelf = good(await client(shop).GET('/api/v1/storefront/products', { params: { query: { available: true, limit: 1 } } }));
const goods = good(await client(shop).GET('/api/v1/storefront/products/{slug}', { params: { path: { slug: shelf.data[0]!.slug } } }));
const variant = goods.variants.find((one) => one.available);
if (!variant) throw new Error('nothing can be bought');
const line = { variant_id: variant.id, quantity: 1 };
const added = await client(shop).POST('/api/v1/storefront/cart/items', { body: line });
good(added);
const guest = client(shop, { 'orion-cart': added.response.headers.get('orion-cart') ?? '' });
const options = good(await guest.GET('/api/v1/storefront/checkout/options'));
const shipping_method_id = options.shipping_methods[0]!.id;
const quote = good(await guest.POST('/api/v1/storefront/checkouts/quote', { body: { shipping_method_id } }));

const shipping_address = { name: 'Ada Lovelace', line1: 'Unter den Linden 1', city: 'Berlin', postal_code: '10117', country: 'DE' };
const order = {
  params: { header: { 'Idempotency-Key': crypto.randomUUID() } },
  body: {
    email: 'ada@example.test', shipping_address, shipping_method_id,
    payment: { provider: 'manual' as const }, expected_total_minor: quote.total.amount_minor,
  },
};
const placed = await guest.POST('/api/v1/storefront/checkouts', order);
const result = good(placed);
const again = await guest.POST('/api/v1/storefront/checkouts', order);
if (again.response.headers.get('idempotent-replayed') !== 'true' || good(again).order_id !== result.order_id) throw new Error('ordered twice');
if (!placed.response.headers.get('location')?.endsWith(`/api/v1/storefront/orders/${result.order_id}`)) throw new Error('the order is elsewhere');
const shown = good(await guest.GET('/api/v1/storefront/orders/{id}', { params: { path: { id: result.order_id! } } }));
if (shown.totals.total.amount_minor !== quote.total.amount_minor) throw new Error('the order costs something else');
console.log(`TypeScript: order ${shown.number} read`);
