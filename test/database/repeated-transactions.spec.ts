import { EntityManager } from '@mikro-orm/postgresql';
import { Client } from 'pg';
import { LastSeen } from '../../src/auth/sessions/last-seen.js';
import { inTransaction } from '../../src/database/transaction.js';
import { beforeActing, inUnitOfWork } from '../../src/database/unit-of-work.js';
import { startApp, type RunningApp } from '../support/app.js';
import { signsIn } from '../support/registration.js';
import { lockIsWaitedFor } from '../support/until.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
  const corporation = await running.people.corporationExists({
    corporateNumber: '1234567',
    name: '株式会社さくら',
  });
  await running.people.administratorExists({ corporation, loginId: 'sato', name: '佐藤 花子' });
});
afterAll(() => running.stop());

/** A transaction that the database ends so many times before it lets it through. */
async function act(code: string, times: number): Promise<number> {
  const em = running.app.get(EntityManager);
  let tries = 0;
  await inUnitOfWork(() =>
    inTransaction(em, async () => {
      tries += 1;
      // An inner one is part of the outer one: only the whole is done again.
      await inTransaction(em, async () => {
        if (tries <= times) await em.execute(`do $$ begin raise sqlstate '${code}'; end $$`);
      });
    }),
  );
  return tries;
}

/** The transactions of one form, by what each returns. @returns how often the step was taken */
function form(...transactions: [result: unknown, options?: { acts: boolean }][]) {
  const em = running.app.get(EntityManager);
  return inUnitOfWork(async () => {
    let steps = 0;
    beforeActing(async () => {
      steps += 1;
      await em.execute('select 1');
    });
    for (const [result, options] of transactions)
      await inTransaction(em, () => Promise.resolve(result), options);
    return steps;
  });
}

describe('a transaction', () => {
  it.each(['40P01', '40001'])(
    'that ends with %s is done again, three times in all',
    async (code) => {
      expect(await act(code, 1)).toBe(2);
      expect(await act(code, 2)).toBe(3);
      await expect(act(code, 3)).rejects.toMatchObject({ code });
    },
  );

  it('that ends for another reason is not', async () => {
    await expect(act('23505', 1)).rejects.toMatchObject({ code: '23505' });
  });
});

describe('the step before a form acts', () => {
  const refusals = [false, { ok: false }];

  it('is taken by the transaction that acts, and by none that refuses or goes along', async () => {
    expect(await form(...refusals.map((refusal): [unknown] => [refusal]))).toBe(0);
    expect(await form([undefined, { acts: false }])).toBe(0);
    for (const result of [undefined, true, { ok: true }, 'an id', null])
      expect(await form([false], [undefined, { acts: false }], [result], [false])).toBe(1);
  });

  it('is taken once: a form that acts in a second transaction ends there', async () => {
    await expect(form([{ ok: true }], [{ ok: true }])).rejects.toThrow('in one transaction');
  });
});

describe('the moments of sessions', () => {
  it('are written in one order of rows, whatever order they were noted in', async () => {
    for (const visitor of [running.visitor(), running.visitor()])
      await signsIn(visitor, { loginId: 'sato', password: 'sakura-2026-mochi' });
    const { rows } = await running.pool.query<{ id: string }>(
      'select id from sessions order by id',
    );
    const [first, last] = rows.map(({ id }) => id) as [string, string];
    // Its newest version now lies behind the other one's.
    await running.pool.query('update sessions set address = address where id = $1', [first]);
    const other = new Client(running.config.databaseUrl);
    await other.connect();
    await other.query('begin');
    await other.query('select from sessions where id = $1 for update', [last]);
    const lastSeen = running.app.get(LastSeen);
    lastSeen.note(last, new Date());
    lastSeen.note(first, new Date());
    const written = lastSeen.write();
    await lockIsWaitedFor(running.pool);
    const free = other.query('select from sessions where id = $1 for update nowait', [first]);
    await expect(free).rejects.toMatchObject({ code: '55P03' });
    await other.query('rollback');
    await written;
    await other.end();
  });
});
