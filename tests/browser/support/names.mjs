// A name server on this machine, which the server asks for the proofs of domains.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const TYPES = { CNAME: 5, TXT: 16 };
const NO_SUCH_NAME = 3;

/** A name as it stands in a message (RFC 1035, section 3.1). */
function encoded(name) {
  const labels = name.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]));
  return Buffer.concat([...labels, Buffer.from([0])]);
}

/** The question of a message: its name, its type, and where it ends. */
function question(message) {
  const labels = [];
  let at = 12;
  while (message[at] > 0) {
    labels.push(message.toString('latin1', at + 1, at + 1 + message[at]));
    at += 1 + message[at];
  }
  return { name: labels.join('.').toLowerCase(), type: message.readUInt16BE(at + 1), end: at + 5 };
}

function record(type, data) {
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0); // the name of the question
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4); // class: the internet
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

export class NameServer {
  /** One that knows no name yet. */
  static async start() {
    const server = new NameServer();
    server.names = new Map();
    server.socket = createSocket('udp4');
    server.socket.on('message', (message, from) => server.socket.send(server.answer(message), from.port, from.address));
    server.socket.bind(0, '127.0.0.1');
    await once(server.socket, 'listening');
    server.address = `127.0.0.1:${server.socket.address().port}`;
    return server;
  }

  text(name, text) {
    this.names.set(name, { type: TYPES.TXT, data: Buffer.concat([Buffer.from([text.length]), Buffer.from(text)]) });
  }

  alias(name, target) {
    this.names.set(name, { type: TYPES.CNAME, data: encoded(target) });
  }

  answer(message) {
    const { name, type, end } = question(message);
    const known = this.names.get(name);
    const records = known && (known.type === type || known.type === TYPES.CNAME) ? [record(known.type, known.data)] : [];
    const head = Buffer.alloc(12);
    message.copy(head, 0, 0, 2);
    head.writeUInt16BE(0x8180 | (known ? 0 : NO_SUCH_NAME), 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(records.length, 6);
    return Buffer.concat([head, message.subarray(12, end), ...records]);
  }

  async stop() {
    this.socket.close();
    await once(this.socket, 'close');
  }
}
