// Runs schemathesis against a server of its own, as three people.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { json } from 'node:stream/consumers';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Server } from '../browser/support/server.mjs';
import { ROOT, orionBinary } from '../browser/support/paths.mjs';
import { people } from '../browser/support/site.mjs';

const SECONDS = 60;
// What is wrong with an answer; that a made-up request is refused, or a good one taken, is no concern of a document.
const CHECKS = 'not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,response_headers_conformance';
// They end the session that the run works with, need the module's neighbours switched off, or would stop the shop for the others.
const LEFT_OUT = '/(auth/|me/|suspend|disable|opening/)';

const SHOP = 'acme.orion.localhost';
const visitors = [
  { name: 'nobody', area: 'storefront', host: SHOP },
  { name: 'owner', area: 'store', host: SHOP, login: people.owner },
  { name: 'administrator', area: 'admin', host: 'admin.orion.localhost', login: people.admin },
];

const out = join(ROOT, 'target', 'api');
mkdirSync(out, { recursive: true });

async function token({ area, host, login }, address) {
  if (!login) return [];
  // `fetch` lets nobody choose the host.
  const asked = request(`${address}/api/v1/${area}/auth/login`, { method: 'POST', headers: { host, 'content-type': 'application/json' } });
  asked.end(JSON.stringify(login));
  const [answer] = await once(asked, 'response');
  const { access_token: secret } = await json(answer);
  return ['-H', `Authorization: Bearer ${secret}`];
}

const server = await Server.start();
const address = `http://127.0.0.1:${server.port}`;
const failed = [];
try {
  for (const visitor of visitors) {
    const document = join(out, `${visitor.area}.json`);
    writeFileSync(document, spawnSync(orionBinary(), ['openapi', '--area', visitor.area], { maxBuffer: 1 << 26 }).stdout);
    const st = spawn(join(process.env.ORION_OPENAPI_TOOLS, 'bin', 'schemathesis'), [
      'run', document, '--url', address, '-H', `Host: ${visitor.host}`, ...(await token(visitor, address)),
      '--checks', CHECKS, '--exclude-path-regex', LEFT_OUT, '--max-time', String(SECONDS), '--generation-deterministic', '--continue-on-failure',
      '--suppress-health-check', 'all', '--warnings', 'off',
    ], { stdio: 'inherit', cwd: out });
    const [code] = await once(st, 'exit');
    if (code !== 0) failed.push(visitor.name);
  }
} finally {
  await server.stop();
}
if (failed.length > 0) throw new Error(`as ${failed.join(', ')}: see above`);
