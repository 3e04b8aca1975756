import iconv from 'iconv-lite';
import { InvoiceProof } from '../../src/corporations/invoice-proof.js';
import { MasterDataImport } from '../../src/corporations/master-data-import.js';
import type { MasterDataReport } from '../../src/corporations/master-data-report.js';
import { startApp, type RunningApp } from '../support/app.js';

const HEADER = '法人番号,法人名,法人名カナ,お振込先口座番号,請求先メールアドレス';
const SAKURA = '1001,さくら商事,サクラショウジ,0012345,keiri@sakura.example.jp';
const SUMIRE = '1002,㈱すみれ髙田,スミレタカダ,0020001,';
const NOTHING = { newCompanies: [], changedCompanies: [], newAccounts: [] };

let running: RunningApp;
beforeAll(async () => (running = await startApp()));
afterAll(() => running.stop());
beforeEach(() => running.pool.query('truncate corporations, transfer_accounts cascade'));

const file = (...rows: string[]) => Buffer.from([HEADER, ...rows].join('\r\n'));

function run(bytes: Uint8Array, options?: { dryRun: boolean }) {
  return running.app.get(MasterDataImport).run(bytes, options);
}

/** Imports what must be fine. */
async function imported(...rows: string[]): Promise<MasterDataReport> {
  const outcome = await run(file(...rows));
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.report;
}

async function query<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
  return (await running.pool.query<Row>(text, values)).rows;
}

/** Every column of every row that an import could touch, the log included. */
async function everything(): Promise<unknown[]> {
  return [
    await query('select * from corporations order by corporate_number'),
    await query('select * from transfer_accounts order by corporation_id, digest'),
    await query('select * from audit_entries order by id'),
  ];
}

async function corporation(corporateNumber: string) {
  const [row] = await query<Record<string, unknown>>(
    `select name, name_kana, search_key, billing_email, state,
            updated_at > created_at as was_changed,
            (select array_agg(last_digits order by last_digits) from transfer_accounts
             where corporation_id = id) as accounts
     from corporations where corporate_number = $1`,
    [corporateNumber],
  );
  return row;
}

function proof(corporateNumber: string, transferAccountNumber: string) {
  return running.app.get(InvoiceProof).compare({ corporateNumber, transferAccountNumber });
}

async function lastLogged() {
  const rows = await query(
    `select corporation_id, act, reason, address, facts from audit_entries order by id desc limit 1`,
  );
  return rows[0];
}

describe('an import', () => {
  it('adds companies with all their accounts, and invoices of theirs prove them', async () => {
    const second = SAKURA.replace('0012345', '7654321');
    const report = await imported(SAKURA, SUMIRE, second);

    expect(report).toMatchObject({ dryRun: false, rows: 3, companies: 2, unchanged: 0 });
    expect(report.newCompanies.map(({ corporateNumber }) => corporateNumber)).toEqual(
      expect.arrayContaining(['1001', '1002']),
    );
    expect(report.newAccounts).toHaveLength(3);
    expect(await corporation('1001')).toEqual({
      name: 'さくら商事',
      name_kana: 'サクラショウジ',
      search_key: 'さくら商事サクラショウジ',
      billing_email: 'keiri@sakura.example.jp',
      state: 'active',
      was_changed: false,
      accounts: ['321', '345'],
    });
    expect(await corporation('1002')).toMatchObject({
      name: '㈱すみれ髙田',
      search_key: '(株)すみれ髙田スミレタカダ',
      billing_email: null,
      accounts: ['001'],
    });
    expect(await proof('1001', '0012345')).toMatchObject({ name: 'さくら商事' });
    expect(await proof('1001', '7654321')).toMatchObject({ name: 'さくら商事' });
    expect(await proof('1001', '0020001')).toBeUndefined();
  });

  it('reads Shift_JIS, full-width digits and accounts without their leading zeros', async () => {
    const bytes = iconv.encode(`${HEADER}\r\n１００１,㈱髙島,ﾀｶｼﾏ,1234,\r\n`, 'cp932');
    expect(await run(bytes)).toMatchObject({ ok: true });
    expect(await corporation('1001')).toMatchObject({ name: '㈱髙島', name_kana: 'タカシマ' });
    expect(await proof('1001', '0001234')).toMatchObject({ name: '㈱髙島' });
  });

  it('stores no account number', async () => {
    await imported(SAKURA);
    const stored = JSON.stringify(await everything());
    expect(stored).toContain('345');
    expect(stored).not.toContain('12345');
    expect(stored).not.toContain(Buffer.from('0012345').toString('hex'));
  });

  it('writes one row into the log, with counts only', async () => {
    await imported(SAKURA, SUMIRE, SAKURA.replace('0012345', '1'));
    expect(await lastLogged()).toEqual({
      corporation_id: null,
      act: 'master-data-import',
      reason: 'done',
      address: null,
      facts: { rows: 3, companies: 2, newCompanies: 2, changedCompanies: 0, newAccounts: 3 },
    });
  });

  it('takes more rows than one statement does', async () => {
    const rows = Array.from({ length: 4_500 }, (_, n) => `${n + 1},会社${n},,${n},`);
    const report = await imported(...rows, '1,会社0,,7777777,');
    expect(report.newCompanies).toHaveLength(4_500);
    expect(report.newAccounts).toHaveLength(4_501);
    expect(await query('select count(*)::int as companies from corporations')).toEqual([
      { companies: 4_500 },
    ]);
    expect(await proof('4500', '0004499')).toMatchObject({ name: '会社4499' });
    expect(await imported(...rows)).toMatchObject({ ...NOTHING, unchanged: 4_500 });
  });
});

describe('the next import', () => {
  beforeEach(async () => {
    await imported(SAKURA, SUMIRE);
    await running.clock.advance('1 hour');
  });

  it('changes nothing when the file is the same', async () => {
    const [corporations, accounts] = await everything();
    expect(await imported(SAKURA, SUMIRE)).toMatchObject({
      ...NOTHING,
      companies: 2,
      unchanged: 2,
    });
    expect((await everything()).slice(0, 2)).toEqual([corporations, accounts]);
  });

  it.each([
    [
      'name',
      'さくら商事',
      'さくら商店',
      { name: 'さくら商店', search_key: 'さくら商店サクラショウジ' },
    ],
    ['kana', 'ショウジ', 'ショウテン', { name_kana: 'サクラショウテン' }],
    ['mail address', 'keiri@', 'soumu@', { billing_email: 'soumu@sakura.example.jp' }],
    ['mail address, which ends', 'keiri@sakura.example.jp', '', { billing_email: null }],
  ])('changes what differs: the %s', async (_, before, after, stored) => {
    const report = await imported(SAKURA.replace(before, after), SUMIRE);
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
    expect(await corporation('1001')).toMatchObject({ ...stored, was_changed: true });
    expect(await corporation('1002')).toMatchObject({ was_changed: false });
  });

  it('adds accounts to a company that is known', async () => {
    const report = await imported(SAKURA, SAKURA.replace('0012345', '0099888'));
    expect(report).toMatchObject({
      ...NOTHING,
      newAccounts: [{ corporateNumber: '1001', lastDigits: '888' }],
      unchanged: 0,
    });
    expect(await corporation('1001')).toMatchObject({
      accounts: ['345', '888'],
      was_changed: false,
    });
  });

  it('keeps companies, accounts and closures that the file does not name', async () => {
    await query(`update corporations set state = 'closed' where corporate_number = '1001'`);
    await imported(SAKURA.replace('0012345', '0099888').replace('さくら商事', 'さくら'));
    expect(await corporation('1001')).toMatchObject({
      name: 'さくら',
      state: 'closed',
      accounts: ['345', '888'],
    });
    expect(await corporation('1002')).toMatchObject({ name: '㈱すみれ髙田', accounts: ['001'] });
  });
});

describe('a file with bad rows', () => {
  it('changes nothing, reports each of them and is logged', async () => {
    await imported(SAKURA);
    const [corporations, accounts] = await everything();
    const outcome = await run(
      file(SAKURA.replace('商事', '商店'), SUMIRE, '1003,,,1,', '1004,もみじ,,12345678,'),
    );

    expect(outcome).toEqual({
      ok: false,
      problems: [
        { line: 4, sentence: expect.objectContaining({ text: expect.stringContaining('法人名') }) },
        {
          line: 5,
          sentence: expect.objectContaining({ text: expect.stringContaining('口座番号') }),
        },
      ],
    });
    expect((await everything()).slice(0, 2)).toEqual([corporations, accounts]);
    expect(await lastLogged()).toMatchObject({
      act: 'master-data-import',
      reason: 'rows-refused',
      facts: { problems: 2 },
    });
  });
});

describe('a dry run', () => {
  const next = file(SAKURA.replace('商事', '商店'), SAKURA.replace('商事,', '商店,'), SUMIRE);

  beforeEach(async () => {
    await imported(SAKURA);
    await running.clock.advance('1 hour');
  });

  it('reports just what the import then does, and changes nothing', async () => {
    const before = await everything();
    const dry = await run(next, { dryRun: true });
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
    const real = await run(next);
    expect(real).toEqual({
      ok: true,
      report: { ...(dry as { report: object }).report, dryRun: false },
    });
    expect(await everything()).not.toEqual(before);
  });

  it('reports bad rows and leaves no trace in the log', async () => {
    const before = await everything();
    expect(await run(file('x,さくら,,1,'), { dryRun: true })).toMatchObject({
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
      await other.query('select pg_advisory_xact_lock(7305418)');
      const before = await everything();
      expect(await run(file(SAKURA))).toMatchObject({ ok: false, problems: [{ line: 0 }] });
      expect(await everything()).toEqual(before);
      await other.query('rollback');
    } finally {
      other.release(true);
    }
    expect(await run(file(SAKURA))).toMatchObject({ ok: true });
  });

  it('leaves nothing of the statements that went well', async () => {
    await query(
      `create function refuse_account() returns trigger language plpgsql
       as $$ begin raise exception 'the disk is full' using errcode = '53100'; end $$`,
    );
    await query(
      `create trigger refuse_account before insert on transfer_accounts
       for each row when (new.last_digits = '666') execute function refuse_account()`,
    );
    const before = await everything();
    await expect(run(file(SAKURA, '1002,すみれ,,666,'))).rejects.toThrow('the disk is full');
    expect(await everything()).toEqual(before);
    await query('drop function refuse_account cascade');
  });
});
