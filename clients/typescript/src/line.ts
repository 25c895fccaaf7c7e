/** The way of one request: its headers, and when it is sent again. */

export interface Settings {
  /** Where the store is: `https://shop.example`, or `http://localhost:8080/storefront/acme` in path mode. */
  baseUrl: string;
  /** An access token, or where to get one. The latter is asked again when the server takes the last one no more. */
  token?: string | (() => string | Promise<string>);
  /** The secret of a guest's cart from an earlier visit. */
  cart?: string;
  /** Another `fetch`. */
  fetch?: (request: Request) => Promise<Response>;
}

const CART = 'orion-cart';

export class Line {
  cart: string | undefined;
  private readonly fetch: (request: Request) => Promise<Response>;
  private readonly source: Settings['token'];
  private token: Promise<string> | undefined;

  constructor(settings: Settings) {
    this.cart = settings.cart;
    this.fetch = settings.fetch ?? ((request) => globalThis.fetch(request));
    this.source = settings.token;
  }

  async send(request: Request): Promise<Response> {
    // A repeat has the same key, so that nothing is done twice.
    if (request.method === 'POST' && !request.headers.has('Idempotency-Key')) {
      request.headers.set('Idempotency-Key', crypto.randomUUID());
    }
    if (this.cart && !request.headers.has(CART)) request.headers.set(CART, this.cart);
    const named = request.headers.has('Authorization');
    let answer = await this.sendAs(request, named);
    if (answer.status === 401 && !named && typeof this.source === 'function') {
      this.token = undefined;
      answer = await this.sendAs(request, named);
    }
    this.cart = answer.headers.get(CART) ?? this.cart;
    return answer;
  }

  private async sendAs(request: Request, named: boolean): Promise<Response> {
    const attempt = request.clone();
    if (this.source && !named) attempt.headers.set('Authorization', `Bearer ${await this.current(this.source)}`);
    try {
      return await this.fetch(attempt.clone());
    } catch (error) {
      // The answer was lost, or the request was. Another change than a POST has no key: the second one would meet the first one's version.
      if (request.signal.aborted || !['GET', 'POST'].includes(request.method)) throw error;
      return await this.fetch(attempt);
    }
  }

  /** Calls that start together share one token. */
  private current(source: NonNullable<Settings['token']>): Promise<string> {
    this.token ??= Promise.resolve(typeof source === 'function' ? source() : source).catch((error: unknown) => {
      this.token = undefined;
      throw error;
    });
    return this.token;
  }
}
