import { EntityManager } from '@mikro-orm/postgresql';
import iconv from 'iconv-lite';
import { MasterDataImport } from '../../src/corporations/master-data-import.js';
import { startApp, type RunningApp } from '../support/app.js';
import { Imports } from '../support/imports.js';
import { HEADER, rows, SAKURA, sourceOf } from '../support/master-data.js';

const SUMIRE = '1002,㈱すみれ髙田,スミレタカダ,0020001,';
const NOTHING = { newCompanies: [], changedCompanies: [], newAccounts: [] };

const companies = (count: number, first: string) =>
  Array.from({ length: count }, (_, place) => `${first}${place},法人,ホウジン,${place},`);

let running: RunningApp;
let imports: Imports;
beforeAll(async () => {
  running = await startApp();
  imports = new Imports(running);
});
afterAll(() => running.stop());
beforeEach(() => imports.forgetCompanies());

describe('an import', () => {
  it('adds companies with all their accounts, and invoices of theirs prove them', async () => {
    const second = SAKURA.replace('0012345', '7654321');
    const report = await imports.done(SAKURA, SUMIRE, second);

    expect(report).toMatchObject({ dryRun: false, rows: 3, companies: 2, unchanged: 0 });
    expect(report.newCompanies.map(({ corporateNumber }) => corporateNumber)).toEqual(
      expect.arrayContaining(['1001', '1002']),
    );
    expect(report.newAccounts).toHaveLength(3);
    expect(await imports.corporation('1001')).toEqual({
      name: 'さくら商事',
      name_kana: 'サクラショウジ',
      billing_email: 'keiri@sakura.example.jp',
      state: 'active',
      was_changed: false,
      accounts: ['321', '345'],
    });
    expect(await imports.corporation('1002')).toMatchObject({
      name: '㈱すみれ髙田',
      billing_email: null,
      accounts: ['001'],
    });
    expect(await imports.proven('1001', '0012345')).toBe('さくら商事');
    expect(await imports.proven('1001', '7654321')).toBe('さくら商事');
    expect(await imports.proven('1001', '0020001')).toBeUndefined();
  });

  it('reads Shift_JIS, full-width digits and accounts without their leading zeros', async () => {
    const bytes = iconv.encode(`${HEADER}\r\n１００１,㈱髙島,ﾀｶｼﾏ,1234,\r\n`, 'cp932');
    expect(await imports.run(bytes)).toMatchObject({ ok: true });
    expect(await imports.corporation('1001')).toMatchObject({
      name: '㈱髙島',
      name_kana: 'タカシマ',
    });
    expect(await imports.proven('1001', '0001234')).toBe('㈱髙島');
  });

  it('reads no table whole for each row, though it was almost empty before', async () => {
    await imports.done(SAKURA);
    await running.pool.query('vacuum analyze corporations, transfer_accounts');
    // The session keeps its plans for the keys of a few rows.
    await imports.done(...companies(20, '1'));
    const many = companies(2000, '2');
    const em = running.app.get(EntityManager);
    let read: { found: number }[] = [];
    const keep = async () => {
      read = await em.execute(
        `select seq_tup_read::int as found from pg_stat_xact_user_tables
         where relname = 'corporations'`,
      );
    };
    await running.app.get(MasterDataImport).run(sourceOf(rows(...many)), { keep });
    expect(read[0]!.found).toBeLessThan(many.length);
  });

  it('stores no account number', async () => {
    await imports.done(SAKURA);
    const stored = JSON.stringify([await imports.stored(), await imports.log()]);
    expect(stored).toContain('345');
    expect(stored).not.toContain('12345');
    expect(stored).not.toContain(Buffer.from('0012345').toString('hex'));
  });

  it('writes one row into the log, with counts only', async () => {
    const before = await imports.log();
    await imports.done(SAKURA, SUMIRE, SAKURA.replace('0012345', '1'));
    const facts = { rows: 3, companies: 2, newCompanies: 2, changedCompanies: 0, newAccounts: 3 };
    expect(await imports.log()).toEqual([
      { corporation_id: null, reason: 'done', facts },
      ...before,
    ]);
  });

  it('takes more rows than one statement does', async () => {
    const lines = Array.from({ length: 4_500 }, (_, n) => `${n + 1},会社${n},,${n},`);
    const report = await imports.done(...lines, '1,会社0,,7777777,');
    expect(report.newCompanies).toHaveLength(4_500);
    expect(report.newAccounts).toHaveLength(4_501);
    expect((await imports.stored()).corporations).toHaveLength(4_500);
    expect(await imports.proven('4500', '0004499')).toBe('会社4499');
    expect(await imports.done(...lines)).toMatchObject({ ...NOTHING, unchanged: 4_500 });
  });
});

describe('the next import', () => {
  beforeEach(async () => {
    await imports.done(SAKURA, SUMIRE);
    await running.clock.advance('1 hour');
  });

  it('changes nothing when the file is the same', async () => {
    const before = await imports.stored();
    expect(await imports.done(SAKURA, SUMIRE)).toMatchObject({
      ...NOTHING,
      companies: 2,
      unchanged: 2,
    });
    expect(await imports.stored()).toEqual(before);
  });

  it.each([
    ['name', 'さくら商事', 'さくら商店', { name: 'さくら商店' }],
    ['kana', 'ショウジ', 'ショウテン', { name_kana: 'サクラショウテン' }],
    ['mail address', 'keiri@', 'soumu@', { billing_email: 'soumu@sakura.example.jp' }],
    ['mail address, which ends', 'keiri@sakura.example.jp', '', { billing_email: null }],
  ])('changes what differs: the %s', async (_, before, after, stored) => {
    const report = await imports.done(SAKURA.replace(before, after), SUMIRE);
    expect(report).toMatchObject({ newCompanies: [], newAccounts: [], unchanged: 1 });
    expect(report.changedCompanies).toEqual([
      {
        corporateNumber: '1001',
        before: {
          name: 'さくら商事',
          nameKana: 'サクラショウジ',
          billingEmail: 'keiri@sakura.example.jp',
        },
        after: expect.anything(),
      },
    ]);
    expect(await imports.corporation('1001')).toMatchObject({ ...stored, was_changed: true });
    expect(await imports.corporation('1002')).toMatchObject({ was_changed: false });
  });

  it('adds accounts to a company that is known', async () => {
    const report = await imports.done(SAKURA, SAKURA.replace('0012345', '0099888'));
    expect(report).toMatchObject({
      ...NOTHING,
      newAccounts: [{ corporateNumber: '1001', lastDigits: '888' }],
      unchanged: 0,
    });
    expect(await imports.corporation('1001')).toMatchObject({
      accounts: ['345', '888'],
      was_changed: false,
    });
  });

  it('keeps companies, accounts and closures that the file does not name', async () => {
    await running.pool.query(
      `update corporations set state = 'closed' where corporate_number = '1001'`,
    );
    await imports.done(SAKURA.replace('0012345', '0099888').replace('さくら商事', 'さくら'));
    expect(await imports.corporation('1001')).toMatchObject({
      name: 'さくら',
      state: 'closed',
      accounts: ['345', '888'],
    });
    expect(await imports.corporation('1002')).toMatchObject({
      name: '㈱すみれ髙田',
      accounts: ['001'],
    });
  });

  it.each(['01001', '0001001'])('takes no known company under %s as a new one', async (number) => {
    const before = await imports.stored();
    for (const dryRun of [true, false]) {
      const line = SAKURA.replace('1001', number);
      const outcome = await imports.run(rows(SUMIRE, line), { dryRun });
      expect(outcome).toMatchObject({ ok: false, problems: [{ line: 3 }] });
      expect(outcome.ok ? '' : outcome.problems[0]!.sentence).toMatchObject({
        text: expect.stringContaining('先頭の0だけが違います'),
        values: { number, other: '1001' },
      });
      expect(await imports.stored()).toEqual(before);
    }
  });
});
