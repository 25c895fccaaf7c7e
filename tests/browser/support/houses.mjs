// The servers of a worker: one for each file of journeys, with a copy of the demo that `setup.mjs` has made.
import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TEMPLATE } from './paths.mjs';
import { Server } from './server.mjs';
import { Site } from './site.mjs';

export class Houses {
  /** The site of a file; that of the file before is torn down. */
  async of(file) {
    if (this.file !== file) {
      await this.close();
      this.server = await Server.start({}, { makeFolder: furnished });
      this.file = file;
    }
    return new Site(this.server.port, this.server.names);
  }

  async close() {
    const { server } = this;
    this.file = null;
    this.server = null;
    await server?.stop();
  }
}

/** A folder with the demo as it is when nobody has touched it. */
async function furnished() {
  const folder = await mkdtemp(join(tmpdir(), 'orion-browser-'));
  await cp(TEMPLATE, folder, { recursive: true });
  return folder;
}
