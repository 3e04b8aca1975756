import { once } from 'node:events';
import { connect } from 'node:net';
import { setImmediate as turnOfTheLoop } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { startApp, type RunningApp } from '../support/app.js';

const COMING = 60;
const TURNS = 15;

/** Connects when it is told, while the application's thread does not look; wakes it when all are through. */
const CROWD = `
  const { workerData: { port, count, shared } } = require('node:worker_threads');
  const { connect } = require('node:net');
  Atomics.wait(shared, TOLD, 0);
  for (let come = 0; come < count; come += 1) connect(port, '127.0.0.1', () => {
    if (Atomics.add(shared, THROUGH, 1) === count - 1) Atomics.notify(shared, THROUGH);
  });
`
  .replaceAll('TOLD', '0')
  .replaceAll('THROUGH', '1');

let running: RunningApp;

beforeAll(async () => {
  running = await startApp();
});

afterAll(() => running.stop());

it('a crowd that came meanwhile is let in within a few turns of the event loop', async () => {
  let entered = 0;
  running.app.getHttpServer().on('connection', () => (entered += 1));
  const shared = new Int32Array(new SharedArrayBuffer(8));
  const workerData = { port: running.config.port, count: COMING, shared };
  const crowd = new Worker(CROWD, { eval: true, workerData });
  await once(crowd, 'online');
  Atomics.store(shared, 0, 1);
  Atomics.notify(shared, 0);
  for (let through = 0; through < COMING; through = Atomics.load(shared, 1))
    Atomics.wait(shared, 1, through);
  expect(entered).toBe(0);
  for (let turns = 0; turns < TURNS; turns += 1) await turnOfTheLoop();
  expect(entered).toBe(COMING);
  await crowd.terminate();
});

it('an application that stops waits for an answer at whichever door, and opens all of them again', async () => {
  let entered = 0;
  running.app.getHttpServer().on('connection', () => (entered += 1));
  const requests = await Promise.all(
    Array.from({ length: 40 }, async () => {
      const socket = connect(running.config.port, '127.0.0.1');
      await once(socket, 'connect');
      socket.write('GET /login HTTP/1.1\r\nHost: localhost\r\n');
      return socket;
    }),
  );
  while (entered < requests.length) await turnOfTheLoop();
  const answers = requests.map(async (socket) => {
    let text = '';
    for await (const part of socket) text += String(part);
    return text;
  });
  const stopped = running.app.close();
  for (const socket of requests) socket.write('Connection: close\r\n\r\n');
  expect(
    (await Promise.all(answers)).filter((text) => !/^HTTP\/1.1 (?:200|303)/.test(text)),
  ).toEqual([]);
  await stopped;
  await expect(once(connect(running.config.port, '127.0.0.1'), 'connect')).rejects.toThrow(
    'REFUSED',
  );
  await running.start();
});
