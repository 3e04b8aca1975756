import { startApp, type RunningApp } from '../support/app.js';
import type { Answer } from '../support/http.js';

const PLACES_OF_A_NETWORK = 96;
const PAIR = { corporateNumber: '1234567', transferAccountNumber: '7654321' };

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

const types = (address: string): Promise<Answer> =>
  running.visitor({ address }).sends('POST', '/initiate/numbers', { fields: PAIR });

it('a network that floods the numbers fills its own places, and nobody else’s', async () => {
  const locker = await running.pool.connect();
  await locker.query('begin; lock table flows in access exclusive mode');
  const flood = Array.from({ length: PLACES_OF_A_NETWORK + 1 }, (_, client) =>
    types(`203.0.113.${client}`),
  );
  const first = await Promise.race(flood);
  expect([first.status, Number(first.headers['retry-after']) > 0]).toEqual([503, true]);
  const elsewhere = types('198.51.100.1');
  await locker.query('rollback');
  locker.release();
  expect((await elsewhere).status).toBe(422);
  const statuses = (await Promise.all(flood)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 503)).toHaveLength(1);
});
