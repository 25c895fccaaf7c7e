// Starts a server with the demo and runs scripts against it, one after the other; drawing the demo's pictures takes longer than most of them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { Server, WITHOUT_LIMITS } from '../browser/support/server.mjs';

const server = await Server.start(WITHOUT_LIMITS);
try {
  for (const script of process.argv.slice(2)) {
    const env = { ...process.env, ORION_BROWSER_SERVER: String(server.port) };
    const [code] = await once(spawn(script, [], { env, stdio: 'inherit' }), 'exit');
    if (code !== 0) throw new Error(`${script} ended with ${code}`);
  }
} finally {
  await server.stop();
}
