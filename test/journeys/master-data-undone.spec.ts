import { LOCKS, lockNumber } from '../../src/database/advisory-locks.js';
import { startApp, type RunningApp } from '../support/app.js';
import { Imports } from '../support/imports.js';
import { rows, SAKURA } from '../support/master-data.js';

const SUMIRE = '1002,㈱すみれ髙田,スミレタカダ,0020001,';

let running: RunningApp;
let imports: Imports;
beforeAll(async () => {
  running = await startApp();
  imports = new Imports(running);
});
afterAll(() => running.stop());
beforeEach(() => imports.forgetCompanies());

const everything = async () => [await imports.stored(), await imports.log()];

describe('a file with bad rows', () => {
  it('changes nothing, reports each of them and is logged', async () => {
    await imports.done(SAKURA);
    const before = await imports.stored();
    const logged = await imports.log();
    const outcome = await imports.run(
      rows(SAKURA.replace('商事', '商店'), SUMIRE, '1003,,,1,', '1004,もみじ,,12345678,'),
    );

    expect(outcome).toEqual({
      ok: false,
      problems: [
        { line: 4, sentence: expect.objectContaining({ text: expect.stringContaining('法人名') }) },
        { line: 5, sentence: expect.objectContaining({ values: { digits: 7 } }) },
      ],
    });
    expect(await imports.stored()).toEqual(before);
    expect(await imports.log()).toEqual([
      { corporation_id: null, reason: 'rows-refused', facts: { problems: 2 } },
      ...logged,
    ]);
  });
});

describe('a dry run', () => {
  const next = rows(SAKURA.replace('商事', '商店'), SAKURA.replace('商事,', '商店,'), SUMIRE);

  beforeEach(async () => {
    await imports.done(SAKURA);
    await running.clock.advance('1 hour');
  });

  it('reports just what the import then does, and changes nothing', async () => {
    const before = await everything();
    const dry = await imports.run(next, { dryRun: true });
    expect(await everything()).toEqual(before);

    expect(dry).toMatchObject({
      report: {
        dryRun: true,
        rows: 3,
        companies: 2,
        newCompanies: [{ corporateNumber: '1002', before: null }],
        changedCompanies: [{ corporateNumber: '1001', after: { name: 'さくら商店' } }],
        newAccounts: [{ corporateNumber: '1002', lastDigits: '001' }],
        unchanged: 0,
      },
    });
    const real = await imports.run(next);
    expect(real).toEqual({
      ok: true,
      report: { ...(dry as { report: object }).report, dryRun: false },
    });
    expect(await everything()).not.toEqual(before);
  });

  it('reports bad rows and leaves no trace in the log', async () => {
    const before = await everything();
    expect(await imports.run(rows('x,さくら,,1,'), { dryRun: true })).toMatchObject({
      ok: false,
      problems: [{ line: 2 }],
    });
    expect(await everything()).toEqual(before);
  });
});

describe('an import that cannot end', () => {
  it('is refused while another one runs', async () => {
    const other = await running.pool.connect();
    try {
      await other.query('begin');
      await other.query('select pg_advisory_xact_lock($1)', [lockNumber('master-data-import')]);
      const before = await everything();
      expect(await imports.run(rows(SAKURA))).toMatchObject({ ok: false, problems: [{ line: 0 }] });
      expect(await everything()).toEqual(before);
      await other.query('rollback');
    } finally {
      other.release(true);
    }
    expect(await imports.run(rows(SAKURA))).toMatchObject({ ok: true });
  });

  it('waits for nothing else, such as the application that works on the embedded server', async () => {
    const other = await running.pool.connect();
    try {
      await other.query('begin');
      for (const name of LOCKS.filter((lock) => lock !== 'master-data-import'))
        await other.query('select pg_advisory_xact_lock($1)', [lockNumber(name)]);
      expect(await imports.run(rows(SAKURA))).toMatchObject({ ok: true });
    } finally {
      other.release(true);
    }
  });

  it('leaves nothing of the statements that went well', async () => {
    await running.pool.query(
      `create function refuse_account() returns trigger language plpgsql
       as $$ begin raise exception 'the disk is full'; end $$`,
    );
    await running.pool.query(
      `create trigger refuse_account before insert on transfer_accounts
       for each row when (new.last_digits = '666') execute function refuse_account()`,
    );
    const before = await everything();
    await expect(imports.run(rows(SAKURA, '1002,すみれ,,666,'))).rejects.toThrow(
      'the disk is full',
    );
    expect(await everything()).toEqual(before);
    await running.pool.query('drop function refuse_account cascade');
  });
});
