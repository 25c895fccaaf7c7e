// Before all journeys: the demo is made once, with all its pictures, and every file of journeys begins with a copy of it.
import { mkdir, rm } from 'node:fs/promises';
import { SCREENSHOTS, TEMPLATE } from './paths.mjs';
import { Server } from './server.mjs';

export default async function setup() {
  await mkdir(SCREENSHOTS, { recursive: true });
  await rm(TEMPLATE, { recursive: true, force: true });
  await mkdir(TEMPLATE, { recursive: true });
  const server = await Server.start({}, { makeFolder: () => TEMPLATE });
  await server.stop({ keeps: true });
  return () => rm(TEMPLATE, { recursive: true, force: true });
}
