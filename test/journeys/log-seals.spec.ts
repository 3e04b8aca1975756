import { LogRetention } from '../../src/audit/log-retention.js';
import { LogSeals } from '../../src/audit/seals/log-seals.js';
import { startApp, type RunningApp } from '../support/app.js';
import { Operator } from '../support/command.js';
import { companyExists } from '../support/members.js';
import { signsIn } from '../support/registration.js';
import { until } from '../support/until.js';

const FORMER = 'a secret of the tests, which is 32 bytes long or more';
const NEW = 'another secret of the tests, 32 bytes long or even more';

let running: RunningApp;
let operator: Operator;
beforeEach(async () => {
  running = await startApp();
  operator = new Operator(running);
  await seal();
});
afterEach(() => running.stop());

const seal = () => running.app.get(LogSeals).seal();
const verifies = (settings = {}) =>
  operator.typesWith({ LANG: 'ja_JP.UTF-8', ...settings }, 'audit', 'verify');

/** Whoever writes at that moment holds the seal back: by a clock that is ahead, they began before. */
async function hourGoesBy(): Promise<void> {
  await running.clock.advance('1 hour');
  await until(async () => {
    await seal();
    const { rows } = await running.pool.query<{ sealed: boolean }>(
      `select max(ends) >= date_trunc('hour', genkan_now()) - interval '1 hour' as sealed
       from audit_seals`,
    );
    return rows[0]!.sealed;
  });
}

/** Three rows that are sealed. @returns their ids */
async function sealedRows(): Promise<string[]> {
  const { sato } = await companyExists(running);
  for (let time = 0; time < 3; time += 1) await signsIn(running.visitor(), sato);
  await hourGoesBy();
  await hourGoesBy();
  const { rows } = await running.pool.query<{ id: string }>(
    `select id from audit_entries where act = 'sign-in' order by id`,
  );
  return rows.map(({ id }) => id);
}

/** As somebody does who owns the database. */
async function tampers(statement: string, values: unknown[] = []): Promise<void> {
  const client = await running.pool.connect();
  await client.query(`set session_replication_role = 'replica'`);
  await client.query(statement, values);
  await client.query('reset session_replication_role');
  client.release();
}

const UNTIL = /封印は \d{4}-\d{2}-\d{2}T\d{2}:00:00\.000Z までです。それより新しい行は/;

describe('the log', () => {
  it('is found as it was sealed, with rows that came since beside it', async () => {
    await sealedRows();
    await signsIn(running.visitor(), (await companyExists(running)).sato);
    const { exitCode, out } = await verifies();
    expect(out).toMatch(/までの記録[3-9]行は、封印のときのままです（封印\d個）。/);
    expect(out).toMatch(UNTIL);
    expect(out).toMatch(/最後の封印：\d+ [\da-f]{64}/);
    expect(exitCode).toBe(0);
  });

  it('says of a row that it was altered, is gone, or came afterwards', async () => {
    const [first, second, third] = await sealedRows();
    await tampers(`update audit_entries set address = '203.0.113.9' where id = $1`, [first]);
    await tampers('delete from audit_entries where id = $1', [second]);
    await tampers(
      `insert into audit_entries (at, act, reason) select at, act, reason from audit_entries where id = $1`,
      [third],
    );
    const { exitCode, err } = await verifies();
    expect(exitCode).toBe(1);
    expect(err).toContain(`書き換えられた行：${first}`);
    expect(err).toContain(`なくなった行：${second}`);
    expect(err).toMatch(/あとから加えられた行：\d+\n/);
    expect(err).not.toContain('封印が書き換えられています');
    expect(err).toMatch(UNTIL);
  });

  it('cannot be sealed anew without the key', async () => {
    const [first] = await sealedRows();
    await tampers('delete from audit_entries where id = $1', [first]);
    // The marks of the hour without the row, as its seal would have them.
    await tampers(
      `update audit_seals set marks = overlay(marks placing '' from 1 for 24) where marks <> ''`,
    );
    const { exitCode, err } = await verifies();
    expect([exitCode, err.match(/封印が書き換えられています/g)!.length]).toEqual([1, 1]);
  });

  it.each(['number = 2', 'number = 1'])('misses a seal (%s)', async (which) => {
    await sealedRows();
    await hourGoesBy();
    await tampers(`delete from audit_seals where ${which}`);
    const { exitCode, err } = await verifies();
    expect([exitCode, err]).toEqual([1, expect.stringContaining('この前の封印がありません')]);
  });

  it('is not sealed while somebody who began to write is still at it', async () => {
    const client = await running.pool.connect();
    await client.query('begin');
    await client.query(`insert into audit_entries (act, reason) values ('sign-in', 'done')`);
    await running.clock.advance('2 hours');
    await seal();
    const seals = async () => (await running.pool.query('select from audit_seals')).rowCount;
    expect(await seals()).toBe(1);
    await client.query('commit');
    client.release();
    await until(async () => {
      await seal();
      return (await seals())! > 1;
    });
    expect(await verifies()).toMatchObject({ exitCode: 0 });
  });

  it('goes with its seals when it is old enough', async () => {
    await sealedRows();
    await running.clock.advance('37 months');
    await running.app.get(LogRetention).makeMonths();
    await running.app.get(LogRetention).dropOld();
    const old = await running.pool.query(
      `select from audit_seals where ends < genkan_now() - interval '36 months'`,
    );
    expect(old.rowCount).toBe(0);
    expect((await verifies()).err).not.toContain('封印が');
  });

  it('is sealed with the new key after an exchange', async () => {
    const [first] = await sealedRows();
    // An instance has the new key already, before the exchange.
    await running.restart({ secretKey: Buffer.from(NEW), secretKeyPrevious: Buffer.from(FORMER) });
    await hourGoesBy();
    const exchanging = { SECRET_KEY: NEW, SECRET_KEY_PREVIOUS: FORMER };
    expect(await operator.typesWith(exchanging, 'rotate-key')).toMatchObject({ exitCode: 0 });
    expect(await verifies({ SECRET_KEY: NEW })).toMatchObject({ exitCode: 0 });
    expect(await operator.typesWith(exchanging, 'rotate-key')).toMatchObject({ exitCode: 0 });
    expect(await verifies({ SECRET_KEY: NEW })).toMatchObject({ exitCode: 0 });
    await tampers('delete from audit_entries where id = $1', [first]);
    expect(await verifies({ SECRET_KEY: NEW })).toMatchObject({ exitCode: 1 });
  });
});

it('says that nothing was sealed yet', async () => {
  await running.pool.query('delete from audit_seals');
  const { exitCode, err } = await verifies();
  expect([exitCode, err]).toEqual([1, expect.stringContaining('封印はまだありません')]);
});
