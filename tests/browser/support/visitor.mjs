// Somebody in a browser who notices everything that is wrong with the pages they see.
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SCREENSHOTS } from './paths.mjs';
import { complaintsAbout } from './inspection.mjs';

const WIDTHS = [1280, 390];
/** So long nothing may be asked of the server before the page counts as still. */
const STILL_MS = 150;
const STILL_LIMIT_MS = 15_000;

/** The shop's program waits for somebody to touch the page. */
export async function touch(page) {
  await page.evaluate(() => { window.dispatchEvent(new PointerEvent('pointermove')); });
}

export class Visitor {
  static async enter(journey, context, { javaScriptEnabled = true } = {}) {
    const visitor = new Visitor();
    visitor.journey = journey;
    visitor.context = context;
    visitor.scripted = javaScriptEnabled;
    visitor.problems = [];
    visitor.asked = new Set();
    visitor.lastMove = Date.now();
    // Whether a session goes on can only be asked, and Chromium reports the no.
    visitor.expected = [/status of 401 .*\/auth\/refresh/];
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        console.error(`content security policy: ${event.violatedDirective} refuses ${event.blockedURI}`);
      });
    });
    context.on('page', (page) => visitor.watch(page));
    visitor.page = await context.newPage();
    return visitor;
  }

  watch(page) {
    const note = (text) => this.problems.push({ text, at: page.url() });
    page.on('request', (request) => { this.asked.add(request); this.lastMove = Date.now(); });
    // The head of an answer is enough: the body of one that nobody wants any more is never read to its end.
    page.on('response', (answer) => { this.asked.delete(answer.request()); this.lastMove = Date.now(); });
    page.on('requestfailed', (request) => { this.asked.delete(request); this.lastMove = Date.now(); });
    page.on('console', (message) => {
      if (message.type() === 'error') note(`console: ${message.text()} ${message.location().url ?? ''}`);
    });
    page.on('pageerror', (error) => note(`page error: ${error.message}`));
    page.on('dialog', (dialog) => {
      if (dialog.type() !== 'beforeunload') note(`a ${dialog.type()} dialog said ${dialog.message()}`);
      const leave = this.leaves && dialog.type() === 'beforeunload';
      (leave ? dialog.accept() : dialog.dismiss()).catch(() => {});
    });
  }

  /** Chromium reports every refused request as an error; this one belongs to the journey. */
  expect(pattern) {
    this.expected.push(pattern);
  }

  /** A page that is still on its way somewhere, from a click just before, would call this navigation off. */
  async open(url) {
    await this.settle();
    const answer = await this.page.goto(url);
    await this.settle();
    return answer;
  }

  /** Waits until nothing is being loaded any more. */
  async settle() {
    const { page } = this;
    await page.waitForLoadState();
    // What was done just now may ask for something in the next moment.
    this.lastMove = Date.now();
    const limit = Date.now() + STILL_LIMIT_MS;
    while (this.asked.size > 0 || Date.now() - this.lastMove < STILL_MS) {
      if (Date.now() > limit) throw new Error(`still waiting for ${[...this.asked].map((request) => request.url()).join(', ')}`);
      await pause(STILL_MS / 3);
    }
    if (!this.scripted) return;
    await touch(page);
    await page.waitForFunction(() => {
      const isApp = document.querySelector('script[type=module]') !== null;
      // Until the app has started, the shop shows what the server wrote for those who wait and for those without scripts.
      const started = !isApp || (document.querySelector('main') !== null && document.getElementById('orion-content') === null);
      return started && !document.querySelector('.ui-skeleton') && document.fonts.status === 'loaded';
    });
  }

  /** Photographs the page in both widths and complains about what is wrong with it. */
  async look(name) {
    const { page } = this;
    await this.settle();
    const before = page.viewportSize();
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: width < 600 ? 844 : 900 });
      await this.settle();
      if (this.scripted) {
        const complaints = await complaintsAbout(page);
        this.problems.push(...complaints.map((text) => ({ text: `${name} at ${width}: ${text}`, at: page.url() })));
      }
      const open = this.scripted && await page.evaluate(() => document.querySelector('dialog[open]') !== null);
      await page.screenshot({ path: this.picture(`${name}-${width}`), fullPage: !open });
    }
    await page.setViewportSize(before);
  }

  picture(name) {
    return join(SCREENSHOTS, `${this.journey}-${name}.png`);
  }

  async signIn(url, { email, password }) {
    await this.open(url);
    await this.page.getByLabel('E-mail').fill(email);
    await this.page.getByLabel('Password', { exact: true }).fill(password);
    await this.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  }

  /** Throws when something was noticed that the journey did not expect. */
  check() {
    const surprises = this.problems.filter(({ text }) => !this.expected.some((pattern) => pattern.test(text)));
    if (surprises.length === 0) return;
    const lines = [...new Set(surprises.map(({ text, at }) => `${text} [${at}]`))];
    throw new Error(`${lines.length} problems on the way:\n    ${lines.join('\n    ')}`);
  }

  /** Where they were when a journey failed, and what they had noticed; the pictures are Playwright's. */
  witness() {
    return [`at ${this.page.url()}`, ...this.problems.map(({ text }) => text)];
  }

  async leave() {
    await this.context.close();
  }
}
