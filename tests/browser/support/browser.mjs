import { chromium } from 'playwright-core';
import { Visitor } from './visitor.mjs';

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--host-resolver-rules=MAP *.test 127.0.0.1',
];
/** One step of a visitor; a debug server beside a build needs some of it. */
const STEP_LIMIT_MS = 20_000;

export class Browser {
  static async launch() {
    const browser = new Browser();
    const executablePath = process.env.ORION_BROWSER ?? '/usr/bin/chromium';
    browser.chromium = await chromium.launch({ executablePath, headless: true, args: FLAGS });
    return browser;
  }

  /** Somebody with an empty browser; `options` are Playwright's for a context. */
  async visitor(journey, options = {}) {
    const context = await this.chromium.newContext({
      viewport: { width: 1280, height: 900 },
      locale: 'en-GB',
      reducedMotion: 'reduce',
      ...options,
    });
    context.setDefaultTimeout(STEP_LIMIT_MS);
    return Visitor.enter(journey, context, options);
  }

  async close() {
    await this.chromium.close();
  }
}
