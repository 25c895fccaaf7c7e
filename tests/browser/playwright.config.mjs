// How Playwright Test runs the journeys: `npx playwright test --config tests/browser/playwright.config.mjs`, with a part of a name for some of them.
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { ROOT } from './support/paths.mjs';

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--host-resolver-rules=MAP *.test 127.0.0.1',
];
/** One step of a visitor; a debug server beside a build needs some of it. */
const STEP_LIMIT_MS = 20_000;
/** The longest journey takes half a minute on two cores that nobody else uses. */
const JOURNEY_LIMIT_MS = 300_000;
const RESULTS = join(ROOT, 'target', 'journeys');

export default defineConfig({
  testDir: 'journeys',
  testMatch: '*.mjs',
  globalSetup: './support/setup.mjs',
  // Each has a browser, a server and a database of its own. The journeys of a file are made one after the other, in one shop.
  // One of them keeps more than one processor busy: on two, two are half as fast again as one, as long as nothing else works beside them.
  workers: process.env.ORION_BROWSER_WORKERS ? Number(process.env.ORION_BROWSER_WORKERS) : '100%',
  // A journey that fails now and then has found something.
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: JOURNEY_LIMIT_MS,
  outputDir: join(RESULTS, 'artefacts'),
  reporter: [['list'], ['html', { outputFolder: join(RESULTS, 'report'), open: 'never' }]],
  use: {
    actionTimeout: STEP_LIMIT_MS,
    navigationTimeout: STEP_LIMIT_MS,
    viewport: { width: 1280, height: 900 },
    locale: 'en-GB',
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: { executablePath: process.env.ORION_BROWSER ?? '/usr/bin/chromium', args: FLAGS },
    // A trace of every step takes a sixth of the time, and nobody opens one where CI runs.
    trace: process.env.CI ? 'off' : { mode: 'retain-on-failure', screenshots: false, snapshots: true },
    screenshot: 'only-on-failure',
  },
});
