// Runs schemathesis against a server of its own, as four people, three minutes in all.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { json } from 'node:stream/consumers';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Server, WITHOUT_LIMITS } from '../browser/support/server.mjs';
import { ROOT, orionBinary } from '../browser/support/paths.mjs';
import { people } from '../browser/support/site.mjs';

// That a made-up request is refused, or a good one taken, is no concern here: what a document cannot say (a store's own currency, the ETag
// of today) is refused as well, and what is refused is held against the document all the same.
const CHECKS = [
  'not_a_server_error', 'status_code_conformance', 'content_type_conformance', 'response_schema_conformance', 'response_headers_conformance',
  'missing_required_header', 'allow_header_conformance', 'ignored_auth', 'use_after_free', 'ensure_resource_availability',
];

const SHOP = 'acme.orion.localhost';
// `spared` would end the session that the run works with, or take away from the others what they work on.
const visitors = [
  { name: 'nobody', area: 'storefront', host: SHOP, seconds: 35, spared: '/nothing/' },
  { name: 'customer', area: 'storefront', host: SHOP, seconds: 30, login: people.customer, spared: '/(auth|account/(sessions|password))' },
  { name: 'owner', area: 'store', host: SHOP, seconds: 70, login: people.owner, spared: '/(auth|me/(sessions|password))' },
  {
    name: 'administrator', area: 'admin', host: 'admin.orion.localhost', seconds: 45, login: people.admin,
    spared: '/(auth|(me|users/.*)/(sessions|password)|suspend|disable)',
  },
];

const out = join(ROOT, 'target', 'api');
mkdirSync(out, { recursive: true });

/** `fetch` lets nobody choose the host. */
async function ask(address, host, method, path, { token, body } = {}) {
  const headers = { host, 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
  const asked = request(address + path, { method, headers });
  asked.end(body && JSON.stringify(body));
  const [answer] = await once(asked, 'response');
  if (answer.statusCode !== 200) throw new Error(`${method} ${path} answered ${answer.statusCode}`);
  return json(answer);
}

async function signIn({ area, host, login }, address) {
  if (!login) return undefined;
  return (await ask(address, host, 'POST', `/api/v1/${area}/auth/login`, { body: login })).access_token;
}

/** What is there, as an example for the ids in paths: made-up ones lead nowhere. What is taken away is the last one of its list. */
async function nameWhatIsThere(document, read) {
  const lists = new Map();
  for (const [path, operations] of Object.entries(document.paths)) {
    const [, list, parameter] = path.match(/^(.*?)\/\{(\w+)\}/) ?? [];
    if (!document.paths[list]?.get) continue;
    if (!lists.has(list)) lists.set(list, (await read(list)).data ?? []);
    const rows = lists.get(list);
    const named = (row) => row[parameter] ?? row.id;
    for (const [method, operation] of Object.entries(operations)) {
      const place = operation.parameters?.find((one) => one.in === 'path' && one.name === parameter);
      const row = method === 'delete' ? rows.at(-1) : rows[0];
      if (place && row) place.example = named(row);
    }
  }
}

/**
 * The tool sends the same key and body again later on, and is told once more what was made then; if it has deleted that since, it misses it.
 * Where things are made that can be deleted it gets to know no key.
 */
function hideKeys(document) {
  const deletable = Object.entries(document.paths).filter(([, operations]) => operations.delete).map(([path]) => path);
  for (const [path, { post }] of Object.entries(document.paths)) {
    if (!post?.parameters || !deletable.some((one) => one.startsWith(`${path}/{`))) continue;
    post.parameters = post.parameters.filter((one) => one.name !== 'Idempotency-Key' || one.required);
  }
}

async function writeDocument({ name, area, host, login }, token, address) {
  const document = JSON.parse(spawnSync(orionBinary(), ['openapi', '--area', area], { maxBuffer: 1 << 26 }).stdout);
  // A guest has no lists of an account.
  const seen = (path) => login || !path.includes('/account');
  await nameWhatIsThere(document, async (list) => (seen(list) ? ask(address, host, 'GET', list, { token }) : {}));
  hideKeys(document);
  const file = join(out, `${name}.json`);
  writeFileSync(file, JSON.stringify(document));
  return file;
}

async function run(visitor, token, address) {
  const document = await writeDocument(visitor, token, address);
  const tried = spawn(join(process.env.ORION_OPENAPI_TOOLS, 'bin', 'schemathesis'), [
    '--config-file', join(ROOT, 'tests', 'clients', 'schemathesis.toml'),
    'run', document, '--url', address, '-H', `Host: ${visitor.host}`, ...(token ? ['-H', `Authorization: Bearer ${token}`] : []),
    '--checks', CHECKS.join(','), '--exclude-path-regex', visitor.spared, '--max-time', String(visitor.seconds),
    '--generation-deterministic', '--continue-on-failure', '--suppress-health-check', 'all', '--warnings', 'off',
  ], { stdio: 'inherit', cwd: out });
  const [code] = await once(tried, 'exit');
  return code === 0;
}

const server = await Server.start(WITHOUT_LIMITS);
const address = `http://127.0.0.1:${server.port}`;
const failed = [];
try {
  // Everybody signs in first: nobody's tries at passwords slow down whoever comes from here afterwards.
  const tokens = await Promise.all(visitors.map((visitor) => signIn(visitor, address)));
  for (const [place, visitor] of visitors.entries()) {
    console.log(`\nAs ${visitor.name}:`);
    if (!(await run(visitor, tokens[place], address))) failed.push(visitor.name);
  }
} finally {
  await server.stop();
}
if (failed.length > 0) throw new Error(`as ${failed.join(', ')}: see above`);
