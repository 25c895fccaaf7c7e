/** One way through the API with the package @orion/client: sign in, page, change under a version, buy as a guest, read. */

import { OrionError, connect, ifMatch, rows, unwrap } from '@orion/client';

/** A shop by its path: no browser or Node lets a program choose the host. */
const [shop = '', dashboard = ''] = ['storefront', 'store'].map((area) => `${process.env.ORION_URL}/${area}/acme`);

function hold(what: boolean, otherwise: string): asserts what {
  if (!what) throw new Error(otherwise);
}

const account = { email: process.env.ORION_EMAIL ?? '', password: process.env.ORION_PASSWORD ?? '' };
let asked = 0;
const owner = connect({
  baseUrl: dashboard,
  token: async () => {
    asked += 1;
    // The first one is of no use, as one is after ten minutes.
    if (asked === 1) return 'worn-out';
    return unwrap(await connect({ baseUrl: dashboard }).POST('/api/v1/store/auth/login', { body: account })).access_token;
  },
});

const list = async (cursor?: string) =>
  unwrap(await owner.GET('/api/v1/store/products', { params: { query: { limit: 2, status: 'active', ...(cursor && { cursor }) } } }));
const page = await list();
hold(asked === 2, 'a worn out token is replaced once');
hold(page.has_more && page.data.length === 2, 'the demo has more than two products');
const seen = new Set<string>();
for await (const row of rows(list)) seen.add(row.id);
hold(seen.size > 4, 'every page brings others');

const id = page.data[0]?.id ?? '';
const read = await owner.GET('/api/v1/store/products/{id}', { params: { path: { id } } });
const product = unwrap(read);
hold(read.response.headers.get('etag') === ifMatch(product.version)['If-Match'], 'the version is the ETag');
const change = { title: `${product.title} (changed)`, metadata: { checked: 'yes' } };
const under = { params: { path: { id }, header: ifMatch(product.version) }, body: change };
hold(unwrap(await owner.PATCH('/api/v1/store/products/{id}', under)).title === change.title, 'a change is made');
const stale = await owner.PATCH('/api/v1/store/products/{id}', under);
try {
  unwrap(stale);
  hold(false, 'an old version was taken');
} catch (error) {
  hold(error instanceof OrionError && error.status === 412 && error.code === 'framework.stale', String(error));
}

// The answer to the first addition is lost; the repeat has the same key. The cart is there before: a key needs somebody it belongs to.
let lost = false;
const keys: (string | null)[] = [];
const guest = connect({
  baseUrl: shop,
  fetch: async (request) => {
    const adds = request.method === 'POST' && request.url.endsWith('/cart/items');
    if (adds) keys.push(request.headers.get('Idempotency-Key'));
    const answer = await fetch(request);
    if (adds && guest.cart() && !lost) {
      lost = true;
      throw new TypeError('the answer was lost');
    }
    return answer;
  },
});
const shelf = unwrap(await guest.GET('/api/v1/storefront/products', { params: { query: { available: true, limit: 1 } } }));
const slug = shelf.data[0]?.slug ?? '';
const goods = unwrap(await guest.GET('/api/v1/storefront/products/{slug}', { params: { path: { slug } } }));
const variant = goods.variants.find((one) => one.available);
hold(variant !== undefined, 'nothing can be bought');
const line = { variant_id: variant.id, quantity: 1 };
unwrap(await guest.POST('/api/v1/storefront/cart/items', { body: line }));
const cart = unwrap(await guest.POST('/api/v1/storefront/cart/items', { body: line }));
hold(lost && keys.length === 3 && keys[1] === keys[2] && keys[0] !== keys[1], 'a repeat has the same key, another addition its own');
hold(cart.item_count === 2, `a repeat adds nothing: ${cart.item_count}`);

const options = unwrap(await guest.GET('/api/v1/storefront/checkout/options'));
const shipping_method_id = options.shipping_methods[0]?.id ?? '';
const quote = unwrap(await guest.POST('/api/v1/storefront/checkouts/quote', { body: { shipping_method_id } }));
const order = {
  params: { header: { 'Idempotency-Key': crypto.randomUUID() } },
  body: {
    email: 'ada@example.test',
    shipping_address: { name: 'Ada Lovelace', line1: 'Unter den Linden 1', city: 'Berlin', postal_code: '10117', country: 'DE' },
    shipping_method_id,
    payment: { provider: 'manual' as const },
    expected_total_minor: quote.total.amount_minor,
  },
};
const placed = await guest.POST('/api/v1/storefront/checkouts', order);
const result = unwrap(placed);
const again = await guest.POST('/api/v1/storefront/checkouts', order);
hold(again.response.headers.get('idempotent-replayed') === 'true' && unwrap(again).order_id === result.order_id, 'ordered twice');
const address = placed.response.headers.get('location') ?? '';
hold(address.endsWith(`/api/v1/storefront/orders/${result.order_id}`), `the order is at ${address}`);
const shown = unwrap(await guest.GET('/api/v1/storefront/orders/{id}', { params: { path: { id: result.order_id ?? '' } } }));
hold(shown.totals.total.amount_minor === quote.total.amount_minor, 'the order costs something else');
console.log(`TypeScript: order ${shown.number} read`);
