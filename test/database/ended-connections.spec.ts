import { EntityManager } from '@mikro-orm/postgresql';
import { Pool } from 'pg';
import { isUnavailable } from '../../src/database/faults.js';
import { inTransaction } from '../../src/database/transaction.js';
import { inUnitOfWork } from '../../src/database/unit-of-work.js';
import { startApp, type RunningApp } from '../support/app.js';

const SLOTS = 6;
/** Connections that listen for jobs. */
const LISTENING = 2;
const ROUNDS = 3 * SLOTS;

let running: RunningApp;
let pool: Pool;
let em: EntityManager;
beforeAll(async () => {
  running = await startApp({ databasePool: SLOTS });
  pool = running.app.get(Pool);
  em = running.app.get(EntityManager);
});
afterAll(() => running.stop());

const fault = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

/** A transaction, or a single statement, whose connection the server ends at work. */
const END = 'select pg_terminate_backend(pg_backend_pid())';
const transactionEnds = () => fault(inUnitOfWork(() => inTransaction(em, () => em.execute(END))));

describe('connections that the server ends at work', () => {
  it('give their slots back, and the next one to ask gets a working connection', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const faults = await Promise.all([
        transactionEnds(),
        transactionEnds(),
        fault(pool.query(END)),
      ]);
      expect(faults.map(isUnavailable)).toEqual([true, true, true]);
      expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    }
    // All others are held while the last one works.
    const held = await Promise.all(
      Array.from({ length: SLOTS - LISTENING - 1 }, () => pool.connect()),
    );
    expect((await running.visitor().opens('/login')).status).toBe(200);
    await pool.query('select 1');
    for (const client of held) client.release();
  });

  it('do not stop jobs, also where a job is just completed', async () => {
    await running.pool.query(`
      create sequence completions;
      create function ends_once() returns trigger language plpgsql as $$
      begin
        if nextval('completions') = 1 then perform pg_terminate_backend(pg_backend_pid()); end if;
        return old;
      end $$;
      create trigger ends_once before delete on graphile_worker._private_jobs
        for each row execute function ends_once()`);
    for (let job = 0; job < 3; job += 1) {
      await running.pool.query(`select graphile_worker.add_job('clean-up')`);
      await running.mailbox.everythingIsSent();
    }
    const { rows } = await running.pool.query('select last_value::int from completions');
    expect(rows[0].last_value).toBeGreaterThan(3);
    await running.pool.query('drop trigger ends_once on graphile_worker._private_jobs');
  });
});

describe('a server that takes no writes any more', () => {
  it('loses all of its connections, and the next ones work', async () => {
    const held = await Promise.all([pool.connect(), pool.connect()]);
    const before = await Promise.all(held.map(pidOf));
    for (const client of held) client.release();
    const demoted = fault(
      pool.query('begin read only; insert into limit_counters values ($$a$$, 1, now())'),
    );
    expect(await demoted).toMatchObject({ code: '25006' });
    for (const pid of before) while (await isThere(pid)) await pool.query('select 1');
    expect(before).not.toContain(await pidOf(pool));
  });
});

describe('limits', () => {
  it('stand on the server by a statement, not by a start-up parameter', async () => {
    const { rows } = await pool.query(
      `select setting, source from pg_settings
       where name in ('statement_timeout', 'idle_in_transaction_session_timeout') order by name`,
    );
    expect(rows).toEqual([
      { setting: '10000', source: 'session' },
      { setting: '4000', source: 'session' },
    ]);
  });
});

async function pidOf(client: Pick<Pool, 'query'>): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return rows[0]!.pid;
}

async function isThere(pid: number): Promise<boolean> {
  const found = await running.pool.query('select from pg_stat_activity where pid = $1', [pid]);
  return found.rowCount === 1;
}
