/** A typed client of Orion's API: what the document says, and the headers that every caller needs. */

import createFetchClient, { type Client } from 'openapi-fetch';

import type { components, paths } from './api.js';
import { Line, type Settings } from './line.js';

export type { components, operations, paths } from './api.js';
export type { Settings } from './line.js';

/** A type of the API by its name, such as `Schema<'Product'>`. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

/** Calls by path and method, typed; `GET('/api/v1/storefront/products', …)`. */
export interface OrionClient extends Client<paths> {
  /** The secret of a guest's cart, once there is one. Whoever keeps it can go on with that cart later. */
  cart(): string | undefined;
}

/** A client of one store, or of the administration. */
export function connect(settings: Settings): OrionClient {
  const line = new Line(settings);
  const client = createFetchClient<paths>({ baseUrl: settings.baseUrl, fetch: (request) => line.send(request) });
  return Object.assign(client, { cart: () => line.cart });
}

/** The header by which a change is for the version that was read: its number, or the `ETag` of the answer. */
export function ifMatch(version: number | string): { 'If-Match': string } {
  return { 'If-Match': typeof version === 'number' ? `"${version}"` : version };
}

/** What the server refused, or could not do. */
export class OrionError extends Error {
  /** The status of the answer. */
  readonly status: number;
  /** The problem document (RFC 9457); absent when something between here and the server has answered. */
  readonly problem: Schema<'Problem'> | undefined;
  /** After how many seconds it is worth another try, where the server says so. */
  readonly retryAfter: number | undefined;

  constructor(response: Response, body: unknown) {
    const problem = isProblem(body) ? body : undefined;
    super(problem?.detail ?? problem?.title ?? `${response.status} ${response.url}`);
    this.name = 'OrionError';
    this.status = response.status;
    this.problem = problem;
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    this.retryAfter = Number.isNaN(seconds) ? undefined : seconds;
  }

  /** For programs; never changes its meaning. */
  get code(): string | undefined {
    return this.problem?.code;
  }
}

function isProblem(body: unknown): body is Schema<'Problem'> {
  return typeof body === 'object' && body !== null && 'code' in body && 'status' in body;
}

/** The data of an answer; throws an `OrionError` when there is none. */
export function unwrap<T>(answer: { data?: T; error?: unknown; response: Response }): T {
  if (!answer.response.ok) throw new OrionError(answer.response, answer.error);
  // An answer of 204 has no data, and its type says so.
  return answer.data as T;
}

/** A page of a list, as all lists are. */
export interface Page<T> {
  data: T[];
  has_more: boolean;
  next_cursor?: string;
}

/** Every row of a list, page by page: `for await (const product of rows((cursor) => …))`. */
export async function* rows<T>(page: (cursor: string | undefined) => Promise<Page<T>>): AsyncGenerator<T, void> {
  let cursor: string | undefined;
  do {
    const read = await page(cursor);
    yield* read.data;
    cursor = read.has_more ? read.next_cursor : undefined;
  } while (cursor !== undefined);
}
