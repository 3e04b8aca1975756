import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { startApp, type RunningApp } from '../support/app.js';
import { Operator } from '../support/command.js';
import { invoiceRows, Invoices } from '../support/invoices.js';
import type { Corporation } from '../support/people.js';
import { entersNumbers } from '../support/registration.js';

const FORMER = 'a secret of the tests, which is 32 bytes long or more';
const NEW = 'another secret of the tests, 32 bytes long or even more';
const ASKED = { ENROLLMENT_PROOF: 'invoice' };
const JAPANESE = { LANG: 'ja_JP.UTF-8' };

let running: RunningApp;
let operator: Operator;
let folder: string;
let sakura: Corporation;
beforeEach(async () => {
  running = await startApp({ enrollmentProof: 'invoice' });
  operator = new Operator(running);
  folder = await mkdtemp(join(tmpdir(), 'genkan-invoices-'));
  const given = { corporateNumber: '1234567', name: '株式会社さくら' };
  sakura = { ...(await running.people.corporationExists(given)), invoice: 'S-20417' };
});
afterEach(async () => {
  await running.stop();
  await rm(folder, { recursive: true });
});

async function file(content: string | Uint8Array): Promise<string> {
  const path = join(folder, 'invoices.csv');
  await writeFile(path, content);
  return path;
}

const NEWEST = '1234567,S-20417,110000,2026-11-01';

async function isRight(corporation: Corporation): Promise<boolean> {
  const person = running.visitor();
  await entersNumbers(person, corporation);
  return person.page.path.startsWith('/initiate/details');
}

const findings = async (settings: Record<string, string> = ASKED) =>
  (await operator.typesWith(settings, 'doctor')).out
    .split('\n')
    .filter((line) => / (?:invoices|secrets): /.test(line));

describe('genkan import-invoices', () => {
  it('imports a Shift_JIS file, and the invoice proves its company', async () => {
    expect(await isRight(sakura)).toBe(false);
    const bytes = iconv.encode(invoiceRows(NEWEST), 'cp932');
    const path = await file(bytes);
    const dry = await operator.typesWith(JAPANESE, 'import-invoices', path, '--dry-run');
    expect(dry).toEqual({
      exitCode: 0,
      err: '',
      out: [
        '確認のみで、何も変更していません。取り込むと次のようになります：',
        '1行、1法人：新しく登録した請求書1件、削除した古い請求書0件、変更のない法人0件。',
        '登録するのは、1法人につき直近の2件です。それより古い行は登録しません。',
        '',
      ].join('\n'),
    });
    expect(await isRight(sakura)).toBe(false);
    expect((await operator.types('import-invoices', path)).out).toMatch(
      /^1 rows, 1 companies: 1 new invoices on file, 0 older ones deleted, 0 companies unchanged\.$/m,
    );
    expect(await isRight(sakura)).toBe(true);
  });

  it('names every bad line on stderr, and changes nothing', async () => {
    const path = await file(invoiceRows(NEWEST, '1234567,,,2026-11-01', '9,S-1,1,2026-11-01'));
    const { exitCode, out, err } = await operator.typesWith(JAPANESE, 'import-invoices', path);
    expect([exitCode, out]).toEqual([1, '']);
    expect(err).toBe(
      [
        '3行目：請求書番号も請求金額もありません。どちらかを入れてください。',
        '4行目：法人番号9の法人が登録されていません。先に法人の一覧を取り込んでください。',
        '何も変更していません。',
        '',
      ].join('\n'),
    );
    expect(await new Invoices(running).stored()).toEqual([]);
  });

  it('says that it cannot read the file, and how it is used', async () => {
    const missing = join(folder, 'missing.csv');
    expect(await operator.types('import-invoices', missing)).toMatchObject({
      exitCode: 1,
      err: `${missing} cannot be read (ENOENT).\n`,
    });
    expect((await operator.types('import-invoices', folder)).err).toContain('(EISDIR)');
    expect((await operator.types('import-invoices')).exitCode).toBe(2);
  });

  it('shows on stderr how far it is', async () => {
    const lines = Array.from({ length: 21_000 }, (_, n) => `1234567,N-${n},,2026-11-01`);
    const path = await file(invoiceRows(...lines));
    const { err, out } = await operator.types('import-invoices', path);
    expect(err).toBe('10000 rows read.\n20000 rows read.\n');
    expect(out).toContain('21000 rows, 1 companies: 2 new invoices on file');
  });
});

describe('an exchange of the key', () => {
  it('keeps invoices provable, and says that they wait for the next import', async () => {
    const path = await file(invoiceRows(NEWEST, '1234567,S-20389,1,2026-10-01'));
    await operator.types('import-invoices', path);
    const exchanging = { ...ASKED, SECRET_KEY: NEW, SECRET_KEY_PREVIOUS: FORMER };
    await running.restart({ secretKey: Buffer.from(NEW), secretKeyPrevious: Buffer.from(FORMER) });
    expect(await isRight(sakura)).toBe(true);
    const waits = await operator.typesWith(exchanging, 'rotate-key');
    expect(waits.out).toContain(
      '2 invoices of 1 companies wait for the next "genkan import-invoices".',
    );
    expect((await findings(exchanging)).join('\n')).toContain(
      '2 invoices of 1 companies wait for the next import of invoices.',
    );
    const imported = await operator.typesWith(exchanging, 'import-invoices', path);
    expect(imported.out).toContain(
      '0 new invoices on file, 0 older ones deleted, 1 companies unch',
    );
    expect(imported.out).toContain('Invoices renewed with the new key: 2');
    const left = (await operator.typesWith(exchanging, 'rotate-key')).out;
    expect(left).not.toContain('invoices');
    await running.restart({ secretKey: Buffer.from(NEW), secretKeyPrevious: undefined });
    // The transfer account waits for its own import.
    await running.pool.query('select 1');
    expect(await new Invoices(running).isProven('1234567', 'S-20389')).toBe(true);
  });
});

describe('genkan doctor', () => {
  it('says whether invoices are on file, and how old they are, where they are asked', async () => {
    expect((await findings({})).join('\n')).not.toContain('invoices:');
    const about = async () => (await findings()).filter((line) => line.includes('invoices: '));
    expect(await about()).toEqual([
      'fail  invoices: ENROLLMENT_PROOF is invoice, and no invoices are on file: nobody can register at any company. Import them with "genkan import-invoices".',
    ]);
    const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Tokyo' });
    await operator.types('import-invoices', await file(invoiceRows(`1234567,S-1,,${today}`)));
    expect(await about()).toEqual([
      'ok    invoices: All 1 active companies have invoices on file.',
    ]);
    const other = { corporateNumber: '7654321', name: '株式会社けやき' };
    await running.people.corporationExists(other);
    await running.clock.advance('46 days');
    expect(await about()).toEqual([
      'warn  invoices: The newest invoice is 46 days old. Import this month\'s with "genkan import-invoices".',
      'warn  invoices: 1 of 2 active companies have no invoices on file. Nobody can register there until theirs are imported.',
    ]);
  });
});
