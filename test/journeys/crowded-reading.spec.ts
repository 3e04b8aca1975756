import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { startApp, type RunningApp } from '../support/app.js';
import { until } from '../support/until.js';

const CROWD = 120;
/** Those that had begun before the honest request was read. */
const FEW = 40;

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

/** A connection that is open and has asked for nothing. */
async function connection(): Promise<Socket> {
  const socket = connect(running.config.port, '127.0.0.1');
  await new Promise((resolve) => socket.once('connect', resolve));
  return socket;
}

const asks = (socket: Socket, path: string, address: string) =>
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: ${address}\r\n\r\n`);

const CHEAP = {
  'the login page': () => '/login',
  'invented links': () => `/activation/${randomBytes(32).toString('base64url')}`,
  'paths that are none': () => '/nothing/here',
  'one host too many': () => '/login HTTP/1.1\r\nHost: example.com\r\nX-Rest:',
  'its health': () => '/health/live',
};

/** @returns how many of the crowd had been answered before `other` was */
async function answeredBefore(path: () => string, other: [path: string, address: string]) {
  const crowd = await Promise.all(Array.from({ length: CROWD }, connection));
  const single = await connection();
  // The doors have taken all of them.
  await wait(100);
  let answered = 0;
  for (const socket of crowd) socket.once('data', () => (answered += 1));
  const before = new Promise<number>((resolve) => single.once('data', () => resolve(answered)));
  for (const socket of crowd) asks(socket, path(), '203.0.113.5');
  asks(single, ...other);
  await until(() => answered === CROWD);
  for (const socket of [...crowd, single]) socket.destroy();
  return before;
}

it.each(Object.entries(CHEAP))(
  'a crowd of one address that asks for %s does not go before anybody else',
  async (_what, path) => {
    expect(await answeredBefore(path, ['/login', '198.51.100.7'])).toBeLessThan(FEW);
    expect(await answeredBefore(path, ['/health/live', '198.51.100.7'])).toBeLessThan(FEW);
  },
);

it('a monitor is answered before pages for a crowd of its own address', async () => {
  const before = await answeredBefore(() => '/login', ['/health/live', '203.0.113.5']);
  expect(before).toBeLessThan(FEW);
});
