import type { PoolClient } from 'pg';
import { Limits, type Limit } from '../../src/limits/limits.js';
import { startApp, type RunningApp } from '../support/app.js';
import { lockIsWaitedFor } from '../support/until.js';

const START = Date.parse('2026-11-22T18:30:00+09:00');
const HOUR = 3_600;

let running: RunningApp;
let limits: Limits;
beforeAll(async () => {
  running = await startApp();
  limits = running.app.get(Limits);
});
afterAll(() => running.stop());
beforeEach(() => clockAt(0));

const clockAt = (seconds: number) => running.clock.stopsAt(new Date(START + seconds * 1000));

const limitOf = (key: string, maximum: number): Limit => ({ key, maximum, seconds: HOUR });

async function uses(limit: Limit, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1)
    expect(await limits.take(limit)).toEqual({ ok: true });
}

async function isUsedUp(limit: Limit, retryAfter: number): Promise<void> {
  expect(await limits.take(limit)).toEqual({ ok: false, key: limit.key, retryAfter });
  expect(await limits.exhausted(limit)).toEqual({ key: limit.key, retryAfter });
}

interface Row {
  exhausted_key: string;
}

/** One use of each key, of which there is one. @returns the key that has none */
async function take(client: PoolClient, ...keys: string[]): Promise<string[]> {
  const { rows } = await client.query<Row>(
    `select * from take_limits($1, array_fill(1, array[cardinality($1::text[])]),
       array_fill(interval '1 hour', array[cardinality($1::text[])]))`,
    [keys],
  );
  return rows.map((row) => row.exhausted_key);
}

it('a span begins with its first use, ends to the second, and the next one is as long', async () => {
  const limit = limitOf('span', 3);
  await uses(limit, 2);
  await clockAt(HOUR - 1);
  await uses(limit, 1);
  await isUsedUp(limit, 1);
  await clockAt(HOUR);
  expect(await limits.exhausted(limit)).toBeUndefined();
  expect(await limits.used(limit.key)).toBe(0);
  await uses(limit, 3);
  await isUsedUp(limit, HOUR);
  await clockAt(2 * HOUR - 1);
  await isUsedUp(limit, 1);
});

it('one use counts on all keys or on none, and a refused one leaves no row', async () => {
  const [full, free, fresh] = [limitOf('m-full', 1), limitOf('z-free', 9), limitOf('a-fresh', 9)];
  await uses(full, 1);
  await uses(free, 1);
  const refused = { ok: false, key: full.key, retryAfter: HOUR };
  expect(await limits.take(free, full, fresh)).toEqual(refused);
  expect(await limits.used(free.key)).toBe(1);
  const { rowCount } = await running.pool.query('select from limit_counters where key = $1', [
    fresh.key,
  ]);
  expect(rowCount).toBe(0);
});

it('callers wait for each other, in the order of the keys', async () => {
  const [one, other] = [await running.pool.connect(), await running.pool.connect()];
  await one.query('begin');
  expect(await take(one, 'key-1')).toEqual([]);
  const waiting = take(other, 'key-2', 'key-1');
  await lockIsWaitedFor(running.pool);
  expect(await take(one, 'key-2')).toEqual([]);
  await one.query('commit');
  expect(await waiting).toEqual(['key-1']);
  for (const client of [one, other]) client.release();
});

it('a use that is given back is free again, and nothing is given that nobody took', async () => {
  const limit = limitOf('back', 1);
  await uses(limit, 1);
  await limits.giveBack(limit);
  await limits.giveBack(limit);
  await uses(limit, 1);
  await isUsedUp(limit, HOUR);
});
