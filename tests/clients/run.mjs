// Goes the way through the API with each of the generated clients, against a server of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { Server } from '../browser/support/server.mjs';
import { ROOT } from '../browser/support/paths.mjs';
import { people } from '../browser/support/site.mjs';

const out = join(ROOT, 'target', 'clients');
const ways = [
  ['node', [join(out, 'flow', 'out', 'flow.js')], {}],
  ['node', [join(ROOT, 'tests', 'clients', 'webhooks.mjs')], {}],
  ['node', [join(ROOT, 'tests', 'clients', 'incoming.mjs')], {}],
  [join(process.env.ORION_OPENAPI_TOOLS, 'bin', 'python'), [join(ROOT, 'tests', 'clients', 'flow.py')], { PYTHONPATH: join(out, 'python') }],
];

const server = await Server.start();
try {
  for (const [program, parameters, more] of ways) {
    const env = {
      ...process.env, ...more, ORION_URL: `http://localhost:${server.port}`,
      ORION_EMAIL: people.owner.email, ORION_PASSWORD: people.owner.password,
    };
    const [code] = await once(spawn(program, parameters, { env, stdio: 'inherit' }), 'exit');
    if (code !== 0) throw new Error(`${program} ended with ${code}`);
  }
} finally {
  await server.stop();
}
