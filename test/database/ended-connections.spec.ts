import { EventEmitter, once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { EntityManager } from '@mikro-orm/postgresql';
import { Logger, type WorkerEvents } from 'graphile-worker';
import { Pool } from 'pg';
import { isUnavailable } from '../../src/database/faults.js';
import { inTransaction } from '../../src/database/transaction.js';
import { inUnitOfWork } from '../../src/database/unit-of-work.js';
import { LastingRunner } from '../../src/jobs/lasting-runner.js';
import { startApp, type RunningApp } from '../support/app.js';
import { lockIsWaitedFor, until } from '../support/until.js';

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

describe('two jobs whose ends cannot be written down, the second while the first is tried', () => {
  const LOCK = 4_711;
  const add = `select graphile_worker.add_job('held-up', to_json($1::text))`;

  it('are done again, and later ones follow', async () => {
    const second = Promise.withResolvers<void>();
    const events = new EventEmitter() as WorkerEvents;
    const bothFailed = once(events, 'pool:fatalError').then(() => once(events, 'pool:fatalError'));
    // Once the library has counted both.
    const stopWorker = () => bothFailed.then(() => setImmediate());
    const plugin = { name: 'patient', version: '1', worker: { hooks: { stopWorker } } };
    const done: unknown[] = [];
    const heldUp = async (name: unknown) => {
      if (name === 'second') await second.promise;
      done.push(name);
    };
    const runner = await LastingRunner.begin({
      pgPool: pool,
      taskList: { 'held-up': heldUp },
      concurrency: 2,
      noHandleSignals: true,
      events,
      preset: { plugins: [plugin] },
      logger: new Logger(() => () => undefined),
    });
    await running.pool.query(`
      create function cannot_end() returns trigger language plpgsql as $$
      begin
        if old.payload #>> '{}' not in ('first', 'second') then return old; end if;
        perform pg_advisory_xact_lock(${LOCK});
        raise exception 'no end is written down';
      end $$;
      create trigger cannot_end before delete on graphile_worker._private_jobs
        for each row execute function cannot_end()`);
    const holder = await running.pool.connect();
    await holder.query(`select pg_advisory_lock(${LOCK})`);
    for (const name of ['first', 'second']) await running.pool.query(add, [name]);
    await lockIsWaitedFor(running.pool);
    second.resolve();
    await lockIsWaitedFor(running.pool, { times: 2 });
    await holder.query(`select pg_advisory_unlock(${LOCK})`);
    await running.pool.query('drop trigger cannot_end on graphile_worker._private_jobs');
    holder.release();
    await running.pool.query(add, ['third']);
    await until(() => done.includes('third') && done.length >= 5);
    expect(done.toSorted()).toEqual(['first', 'first', 'second', 'second', 'third']);
    await runner.stop();
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
