import iconv from 'iconv-lite';
import { startApp, type RunningApp } from '../support/app.js';
import { invoiceRows, Invoices } from '../support/invoices.js';

let running: RunningApp;
let invoices: Invoices;
beforeAll(async () => {
  running = await startApp({ enrollmentProof: 'invoice' });
  invoices = new Invoices(running);
  for (const corporateNumber of ['1001', '1002'])
    await running.people.corporationExists({ corporateNumber, name: `さくら${corporateNumber}` });
});
afterAll(() => running.stop());
beforeEach(() => running.pool.query('truncate invoices'));

const OCTOBER = '1001,S-20389,110000,2026-10-01';
const NOVEMBER = '1001,S-20417,110000,2026-11-01';

describe('an import', () => {
  it('keeps the two last invoices of each company, whatever their order', async () => {
    const report = await invoices.done(
      OCTOBER,
      '1002,,68200,2026/10/1',
      '1001,S-20361,99000,2026-09-01',
      NOVEMBER,
    );
    expect(report).toMatchObject({ dryRun: false, rows: 4, companies: 2, added: 3, removed: 0 });
    expect(await invoices.days('1001')).toEqual(['2026-11-01', '2026-10-01']);
    expect(await invoices.isProven('1001', 'S-20417')).toBe(true);
    expect(await invoices.isProven('1001', 'ｓ２０３８９')).toBe(true);
    expect(await invoices.isProven('1001', 'S-20361')).toBe(false);
    expect(await invoices.isProven('1002', 'S-20417')).toBe(false);
  });

  it('proves by the amount only where an invoice carries no number', async () => {
    await invoices.done('1002,,"¥73,480",2026-11-01', NOVEMBER);
    expect(await invoices.isProven('1002', '７３，４８０円')).toBe(true);
    expect(await invoices.isProven('1001', '110,000円')).toBe(false);
  });

  it('takes equal amounts of two months for two invoices', async () => {
    await invoices.done('1002,,99000,2026-09-01', '1002,,68200,2026-10-01');
    await invoices.done('1002,,68200,2026-11-01');
    expect(await invoices.days('1002')).toEqual(['2026-11-01', '2026-10-01']);
    expect(await invoices.isProven('1002', '99000')).toBe(false);
  });

  it.each(['utf-8', 'utf-8 with a byte order mark', 'cp932'])('reads %s', async (encoding) => {
    const text = invoiceRows('１００１,請-２０４１７,１１０，０００円,2026年11月1日').replace(
      '１１０，０００円',
      '"￥110,000"',
    );
    const bytes = iconv.encode(text.replaceAll('\n', '\r\n'), encoding.split(' ')[0]!, {
      addBOM: encoding.includes('mark'),
    });
    expect(await invoices.run(bytes)).toMatchObject({ ok: true, report: { added: 1 } });
    expect(await invoices.isProven('1001', '請20417')).toBe(true);
  });

  it('reads English headers in any order, other columns, and empty lines', async () => {
    const file =
      'memo,issued_on,amount,invoice_number,corporate_number\n\nx,20261101,,S-20417,1001\n\n';
    expect(await invoices.run(file)).toMatchObject({ ok: true, report: { rows: 1, added: 1 } });
  });

  it('stores neither number nor amount, and writes one row of counts into the log', async () => {
    const before = await invoices.log();
    await invoices.done(NOVEMBER, '1002,,73480,2026-11-01');
    const stored = JSON.stringify([await invoices.stored(), await invoices.log()]);
    expect(stored).not.toMatch(/20417|73480|110000/);
    const facts = { rows: 2, companies: 2, changedCompanies: 2, added: 2, removed: 0, renewed: 0 };
    expect(await invoices.log()).toEqual([
      { corporation_id: null, reason: 'done', facts },
      ...before,
    ]);
  });

  it('takes 50,000 rows in pieces', async () => {
    const lines = Array.from(
      { length: 50_000 },
      (_, n) => `${1001 + (n % 2)},N-${n},,${n < 25_000 ? '2026-10-01' : '2026-11-01'}`,
    );
    expect(await invoices.done(...lines)).toMatchObject({ rows: 50_000, companies: 2, added: 4 });
    // Of one day the last lines are the newest.
    expect(await invoices.isProven('1002', 'N-49999')).toBe(true);
    expect(await invoices.isProven('1002', 'N-49997')).toBe(true);
    expect(await invoices.isProven('1002', 'N-49995')).toBe(false);
    expect(await invoices.done(...lines)).toMatchObject({ added: 0, removed: 0 });
  });
});

describe('the next import', () => {
  it('deletes older invoices, and keeps those of companies that it does not name', async () => {
    await invoices.done(OCTOBER, NOVEMBER, '1002,,68200,2026-10-01');
    const report = await invoices.done('1001,S-20455,110000,2026-12-01');
    expect(report).toMatchObject({ companies: 1, added: 1, removed: 1, changedCompanies: 1 });
    expect(await invoices.days('1001')).toEqual(['2026-12-01', '2026-11-01']);
    expect(await invoices.isProven('1001', 'S-20389')).toBe(false);
    expect(await invoices.days('1002')).toEqual(['2026-10-01']);
  });

  it('changes nothing when the file is the same', async () => {
    await invoices.done(OCTOBER, NOVEMBER, '1002,,68200,2026-10-01', '1002,,68200,2026-11-01');
    const before = await invoices.stored();
    await running.clock.advance('1 hour');
    expect(
      await invoices.done(OCTOBER, NOVEMBER, '1002,,68200,2026-10-01', '1002,,68200,2026-11-01'),
    ).toMatchObject({ companies: 2, added: 0, removed: 0, renewed: 0, changedCompanies: 0 });
    expect(await invoices.stored()).toEqual(before);
  });

  it('keeps nothing of a file that is older than what is there', async () => {
    await invoices.done(OCTOBER, NOVEMBER);
    expect(await invoices.done('1001,S-20300,1,2026-08-01')).toMatchObject({
      added: 0,
      removed: 0,
    });
    expect(await invoices.isProven('1001', 'S-20300')).toBe(false);
  });

  it('takes an invoice number with another date for the same invoice', async () => {
    await invoices.done(OCTOBER, NOVEMBER);
    await invoices.done(NOVEMBER.replace('2026-11-01', '2026-11-02'));
    expect(await invoices.days('1001')).toEqual(['2026-11-02', '2026-10-01']);
  });
});

describe('a dry run', () => {
  it('says what the import would do, and leaves nothing behind', async () => {
    const before = await invoices.log();
    const file = invoiceRows(OCTOBER, NOVEMBER);
    expect(await invoices.run(file, { dryRun: true })).toMatchObject({
      ok: true,
      report: { dryRun: true, added: 2 },
    });
    await invoices.run(`${file}\n9999,S-1,1,2026-11-01`, { dryRun: true });
    expect([await invoices.stored(), await invoices.log()]).toEqual([[], before]);
  });
});
