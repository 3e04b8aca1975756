import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { check, type Fault } from '../fault.js';

const IDLE = 10_000;
const PART = Buffer.alloc(64 * 1024, 'a');
const FRESH_WITHIN_MS = 200;
/** The limits are 10 s for the head and 30 s for all; they are looked after every two seconds. */
const HEAD_WITHIN_SECONDS = 14;
const REQUEST_WITHIN_SECONDS = 34;

export const fault: Fault = {
  must: 'slow clients, 10,000 idle connections, huge bodies: cut at the limits, a fresh request < 200 ms',
  async run(stage) {
    const app = await stage.startApplication();
    const cookie = await app.signIn();
    const slow = slowHead(app.port);
    const endless = endlessBody(app.port);
    const idle = await idleConnections(app.port, stage.quick ? IDLE / 5 : IDLE);
    stage.atEnd(() => idle.forEach((socket) => socket.destroy()));
    const times: number[] = [];
    for (let round = 0; round < 20; round += 1) {
      const { status, seconds } = await app.ask({ path: '/', cookie });
      check(status === 200, `answered ${status}`);
      times.push(Math.round(seconds * 1_000));
    }
    const median = times.toSorted((a, b) => a - b)[10]!;
    const [head, body] = await Promise.all([slow, endless]);
    const seen = `with ${idle.length} idle connections a page in ${median} ms; a slow head is cut after ${head} s, an endless body gets ${body.status} after ${body.answered} ms and is cut after ${body.cut} s`;
    const cut = head < HEAD_WITHIN_SECONDS && body.cut < REQUEST_WITHIN_SECONDS;
    check(median < FRESH_WITHIN_MS && cut && body.status === 413, seen);
    return seen;
  },
};

/** Sends its head byte by byte, one a second. Resolves to the seconds until it was cut. */
async function slowHead(port: number): Promise<number> {
  const began = performance.now();
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  socket.write('GET /login HTTP/1.1\r\nX-Slow: ');
  const sending = setInterval(() => socket.write('a'), 1_000);
  socket.resume();
  await once(socket, 'close');
  clearInterval(sending);
  return Math.round((performance.now() - began) / 1_000);
}

async function idleConnections(port: number, count: number): Promise<Socket[]> {
  const sockets: Socket[] = [];
  while (sockets.length < count) {
    const batch = Array.from({ length: 200 }, () => connect(port, '127.0.0.1'));
    await Promise.all(batch.map((socket) => once(socket, 'connect')));
    for (const socket of batch) socket.on('error', () => undefined);
    sockets.push(...batch);
  }
  return sockets;
}

/** Sends 64 KiB ten times a second. */
async function endlessBody(port: number) {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  await once(socket, 'connect');
  const began = performance.now();
  const answer = once(socket, 'data') as Promise<[Buffer]>;
  const closed = once(socket, 'close');
  socket.write(
    `POST /login HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n` +
      `Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n`,
  );
  const chunk = Buffer.concat([
    Buffer.from(`${PART.length.toString(16)}\r\n`),
    PART,
    Buffer.from('\r\n'),
  ]);
  const sending = setInterval(() => socket.write(chunk), 100);
  const [head] = await answer;
  const answered = Math.round(performance.now() - began);
  await closed;
  clearInterval(sending);
  const status = Number(head.toString('latin1', 9, 12));
  return { status, answered, cut: Math.round((performance.now() - began) / 1_000) };
}
