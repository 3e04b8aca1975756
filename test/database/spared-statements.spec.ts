import { EntityManager, MikroORM, type PostgreSqlConnection } from '@mikro-orm/postgresql';
import { databaseOptions } from '../../mikro-orm.config.js';
import { onceInTransaction } from '../../src/database/once-in-transaction.js';
import { inSavepoint, inTransaction } from '../../src/database/transaction.js';
import { inUnitOfWork } from '../../src/database/unit-of-work.js';
import { Account } from '../../src/identity/account.entity.js';
import { startApp, type RunningApp } from '../support/app.js';

let running: RunningApp;
let em: EntityManager;
let sato: string;
beforeAll(async () => {
  running = await startApp();
  em = running.app.get(EntityManager);
  const named = { corporateNumber: '1234567', name: '株式会社さくら' };
  const corporation = await running.people.corporationExists(named);
  const given = { corporation, loginId: 'sato', name: '佐藤 花子' };
  sato = (await running.people.administratorExists(given)).id;
});
afterAll(() => running.stop());

const namesIn = async (unit: EntityManager) => {
  const stored = { populate: ['corporation'], refresh: true } as const;
  const { name, corporation } = await unit.findOneOrFail(Account, sato, stored);
  return [name, corporation.name];
};

const askOther = () => Promise.resolve(2);

describe('what a transaction asked before', () => {
  let asked = 0;
  const ask = async (by: EntityManager) => {
    asked += 1;
    const [row] = await by.execute<{ one: number }[]>('select 1 as one');
    return row!.one;
  };
  const twice = () => Promise.all([onceInTransaction(em, ask), onceInTransaction(em, ask)]);
  const times = async (work: () => Promise<unknown>) => {
    asked = 0;
    await inUnitOfWork(work);
    return asked;
  };

  it('is answered without asking again', async () => {
    expect(
      await times(() => inTransaction(em, async () => expect(await twice()).toEqual([1, 1]))),
    ).toBe(1);
  });

  it('is asked again in a savepoint, in the next transaction, and outside of any', async () => {
    const inner = () => inSavepoint(em, twice);
    expect(await times(() => inTransaction(em, () => twice().then(inner).then(twice)))).toBe(2);
    const transaction = () => inTransaction(em, twice);
    expect(await times(() => transaction().then(transaction))).toBe(2);
    expect(await times(twice)).toBe(2);
  });

  it('is the work of one question, not of others', async () => {
    await inUnitOfWork(() =>
      inTransaction(em, async () => {
        expect(await onceInTransaction(em, ask)).toBe(1);
        expect(await onceInTransaction(em, askOther)).toBe(2);
      }),
    );
  });
});

describe('a person with the company, as they are stored', () => {
  // With connections of its own: those of the application look for jobs beside.
  let orm: MikroORM;
  beforeAll(async () => {
    orm = await MikroORM.init(databaseOptions(running.config.databaseUrl));
  });
  afterAll(() => orm.close());

  it('are asked for at once', async () => {
    let statements = 0;
    const pool = await (orm.em.getConnection() as PostgreSqlConnection).getNativeClient();
    pool.on('acquire', () => (statements += 1));
    expect(await namesIn(orm.em.fork())).toEqual(['佐藤 花子', '株式会社さくら']);
    expect(statements).toBe(1);
  });

  it('are what others made of them since they were read', async () => {
    const unit = orm.em.fork();
    await namesIn(unit);
    await running.pool.query(`update accounts set name = '加藤 花子'`);
    await running.pool.query(`update corporations set name = '株式会社もみじ'`);
    expect(await namesIn(unit)).toEqual(['加藤 花子', '株式会社もみじ']);
  });
});
