// Somebody who receives webhooks, on this machine.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';

export class Receiver {
  /** One that takes everything, until `status` says otherwise. */
  static async start() {
    const receiver = new Receiver();
    receiver.status = 200;
    receiver.received = [];
    receiver.news = new EventEmitter();
    receiver.server = createServer((request, answer) => {
      const parts = [];
      request.on('data', (part) => parts.push(part));
      request.on('end', () => {
        receiver.received.push({ headers: request.headers, body: Buffer.concat(parts).toString('utf8') });
        receiver.news.emit('message');
        answer.writeHead(receiver.status, { 'content-type': 'text/plain' });
        answer.end(receiver.status === 200 ? 'thank you' : 'the stock system is being mended');
      });
    });
    receiver.server.listen(0, '127.0.0.1');
    await once(receiver.server, 'listening');
    receiver.url = `http://127.0.0.1:${receiver.server.address().port}/webhooks`;
    return receiver;
  }

  /** Waits until so many messages have come in all. */
  async until(count) {
    while (this.received.length < count) await once(this.news, 'message');
  }

  /** The newest message, after it has seen that all of these secrets have signed it. */
  newest(...secrets) {
    const { headers, body } = this.received.at(-1);
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    const expected = secrets.map((secret) => {
      const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
      return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
    });
    assert.deepEqual(headers['webhook-signature'].split(' ').sort(), expected.sort());
    return JSON.parse(body);
  }

  async stop() {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
