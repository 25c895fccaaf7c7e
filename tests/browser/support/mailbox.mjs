// The mails that a server in development keeps in place of sending them.
import { setTimeout as pause } from 'node:timers/promises';

const MAIL_LIMIT_MS = 20_000;

/** The newest mail to somebody whose subject fits, once the worker has written it. */
export async function mail(site, recipient, subject) {
  const limit = Date.now() + MAIL_LIMIT_MS;
  while (Date.now() < limit) {
    const answer = await fetch(`http://127.0.0.1:${site.port}/dev/api/mailbox?recipient=${encodeURIComponent(recipient)}`, { headers: { host: 'localhost' } });
    const found = (await answer.json()).find((one) => subject.test(one.subject));
    if (found) return found;
    await pause(100);
  }
  throw new Error(`no mail to ${recipient} says ${subject}`);
}

export const linkIn = ({ text }) => text.match(/https?:\/\/\S+/)[0];
