// The real server with a private PostgreSQL in a folder of its own, from its start to its clean end.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { NameServer } from './names.mjs';
import { LOGS, ROOT, orionBinary } from './paths.mjs';

/** A debug build draws every picture of the demo shops on its first start. */
const START_LIMIT_MS = 600_000;
const STOP_LIMIT_MS = 30_000;
const POLL_MS = 100;

/** Settings for who asks faster than anybody types, and all from one address. */
export const WITHOUT_LIMITS = Object.fromEntries(
  ['SHOP_READS', 'SHOP_WRITES', 'DASHBOARD_REQUESTS', 'ACCOUNT_REQUESTS'].map((kind) => [`ORION_HTTP_${kind}_PER_MINUTE`, '0']),
);

/**
 * No AVIF files: a debug build makes them of the demo's pictures for minutes, on one of two processors, beside every file of journeys again. That they
 * are made and sent is the server tests' business.
 */
const WITHOUT_AVIF = { ORION_PICTURES_AVIF: 'false' };

/** A server that somebody else has started, for work on the journeys; it keeps what they leave behind. */
class RunningServer {
  constructor(port) {
    this.port = port;
  }

  async stop() {}
}

/** A folder in which nothing is yet. */
const emptyFolder = () => mkdtemp(join(tmpdir(), 'orion-browser-'));

export class Server {
  /**
   * Starts one, or takes the one that listens on `ORION_BROWSER_SERVER`. `makeFolder` answers the folder of its data. With an address of a database
   * among its settings it works there, in place of one that is its own.
   */
  static async start(settings = {}, { makeFolder = emptyFolder, command = [orionBinary(), 'serve', '--demo'] } = {}) {
    const running = process.env.ORION_BROWSER_SERVER;
    if (running) return new RunningServer(Number(running));
    const server = new Server();
    server.settings = settings;
    server.command = command;
    server.port = await freePort();
    server.dataDir = await makeFolder();
    server.logPath = join(LOGS, `browser-server-${server.port}.log`);
    server.names = await NameServer.start();
    server.spawn();
    try {
      await server.ready();
    } catch (error) {
      // The reason that counts is the first one.
      if (!server.end) await server.stop().catch(() => {});
      throw error;
    }
    return server;
  }

  spawn() {
    const { DATABASE_URL: _, ...surroundings } = process.env;
    const env = {
      ...surroundings,
      ...WITHOUT_AVIF,
      ...this.settings,
      ORION_PORT: String(this.port),
      ORION_DATA_DIR: this.dataDir,
      ORION_DOMAINS_RESOLVER: this.names.address,
    };
    const [program, ...parameters] = this.command;
    this.process = spawn(program, parameters, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.log = mkdir(LOGS, { recursive: true }).then(() => {
      const file = createWriteStream(this.logPath);
      this.process.stdout.pipe(file, { end: false });
      this.process.stderr.pipe(file, { end: false });
      return file;
    });
    this.ended = new Promise((resolve) => {
      this.process.once('exit', (code, signal) => resolve({ code, signal }));
      this.process.once('error', (error) => resolve({ code: null, signal: null, error }));
    });
    this.ended.then((end) => { this.end = end; });
  }

  async ready() {
    const limit = Date.now() + START_LIMIT_MS;
    while (Date.now() < limit) {
      if (this.end) throw new Error(`the server ended before it was ready (${JSON.stringify(this.end)}), see ${this.logPath}`);
      const answer = await fetch(`http://127.0.0.1:${this.port}/health/ready`).catch(() => null);
      await answer?.body?.cancel();
      if (answer?.ok) return;
      await pause(POLL_MS);
    }
    throw new Error(`the server was not ready after ${START_LIMIT_MS / 1000} s, see ${this.logPath}`);
  }

  /** Asks the server to stop and sees to it that nothing of it stays: process, port, PostgreSQL, and its data unless it `keeps` that. */
  async stop({ keeps = false } = {}) {
    const postgres = this.settings.DATABASE_URL ? null : await this.postgresPid();
    this.process.kill('SIGTERM');
    const late = pause(STOP_LIMIT_MS, 'late', { ref: false });
    const end = await Promise.race([this.ended, late]);
    if (end === 'late') {
      this.process.kill('SIGKILL');
      throw new Error(`the server did not stop within ${STOP_LIMIT_MS / 1000} s of SIGTERM, see ${this.logPath}`);
    }
    assert.equal(end.code, 0, `the server ended with ${JSON.stringify(end)}, see ${this.logPath}`);
    if (postgres) assert.equal(isAlive(postgres), false, `PostgreSQL (process ${postgres}) outlived its server`);
    assert.equal(await isOpen(this.port), false, `port ${this.port} is still open`);
    (await this.log).end();
    await this.names.stop();
    if (!keeps) await rm(this.dataDir, { recursive: true, force: true });
  }

  async postgresPid() {
    const file = await readFile(join(this.dataDir, 'postgres', 'postmaster.pid'), 'utf8');
    return Number(file.split('\n')[0]);
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function isOpen(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => { socket.destroy(); resolve(true); });
    socket.once('error', () => resolve(false));
  });
}
