import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { check, type Fault } from '../fault.js';

const IDLE = 10_000;
const HUGE = 50 * 2 ** 20;
const FRESH_WITHIN_MS = 200;

export const fault: Fault = {
  must: 'slow clients, 10,000 idle connections, huge bodies: cut at the limits, a fresh request < 200 ms',
  async run(stage) {
    const app = await stage.startApplication();
    const cookie = await app.signIn();
    const slow = slowHead(app.port);
    const idle = await idleConnections(app.port, stage.quick ? IDLE / 5 : IDLE);
    stage.atEnd(() => idle.forEach((socket) => socket.destroy()));
    const times: number[] = [];
    for (let round = 0; round < 20; round += 1) {
      const { status, seconds } = await app.ask({ path: '/', cookie });
      check(status === 200, `answered ${status}`);
      times.push(Math.round(seconds * 1_000));
    }
    const median = times.toSorted((a, b) => a - b)[10]!;
    check(median < FRESH_WITHIN_MS, `a fresh request took ${median} ms`);
    const huge = await hugeBody(app.port);
    check(
      huge.status === 413 && huge.sent < HUGE,
      `a huge body: ${huge.status}, ${huge.sent} bytes`,
    );
    const cutAfter = await slow;
    check(cutAfter < 14, `a slow head was cut after ${cutAfter} s`);
    return `with ${idle.length} idle connections a page in ${median} ms; a slow head was cut after ${cutAfter} s, a huge body after ${Math.round(huge.sent / 1024)} KiB with 413`;
  },
};

/** Sends a byte of its head each second. Resolves to the seconds until it was cut. */
async function slowHead(port: number): Promise<number> {
  const began = performance.now();
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  const sending = setInterval(() => socket.write('G'), 1_000);
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

async function hugeBody(port: number): Promise<{ status: number; sent: number }> {
  const socket = connect(port, '127.0.0.1').on('error', () => undefined);
  await once(socket, 'connect');
  const answer: Buffer[] = [];
  socket.on('data', (bytes: Buffer) => answer.push(bytes));
  socket.write(
    `POST /login HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n` +
      `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${HUGE}\r\n\r\n`,
  );
  const part = Buffer.alloc(64 * 1024, 'a');
  let sent = 0;
  for (; sent < HUGE && !socket.destroyed && answer.length === 0; sent += part.length)
    if (!socket.write(part)) await Promise.race([once(socket, 'drain'), wait(2_000)]);
  await wait(200);
  socket.destroy();
  return { status: Number(Buffer.concat(answer).toString('latin1', 9, 12)), sent };
}
