import { startApp, type RunningApp } from '../support/app.js';
import { Imports } from '../support/imports.js';
import type { Mail } from '../support/mailbox.js';
import { SAKURA } from '../support/master-data.js';
import { until } from '../support/until.js';

const SUBJECT = 'ご請求先の登録内容の変更のお知らせ';
const KEIRI = 'keiri@sakura.example.jp';

let running: RunningApp;
let stored: Imports;
beforeAll(async () => {
  running = await startApp();
  stored = new Imports(running);
});
beforeEach(async () => {
  await stored.forgetCompanies();
  await stored.done(SAKURA);
});
afterAll(() => running.stop());

const newsTo = (email: string): Promise<Mail> => running.mailbox.mailTo(email, SUBJECT);

/** To whom mails about master data were written, and in which order of all mails they go. */
async function written(): Promise<string[]> {
  const { rows } = await running.pool.query<{ told: string }>(
    `select recipient || ' ' || priority as told from mail_deliveries
     where kind = 'master-data-changed' and corporation_id in (select id from corporations)
     order by 1`,
  );
  return rows.map(({ told }) => told);
}

/** @param billing whom their invoices go to */
function manyCompanies(billing: string): string[] {
  return Array.from({ length: 120 }, (_, number) => {
    const company = String(3_000 + number);
    return `${company},会社${company},,0000001,${billing}@company-${company}.example`;
  });
}

it('tells the billing contact from before, and nobody at the new address', async () => {
  await stored.done(SAKURA.replace(KEIRI, 'thief@evil.example'));
  const { text } = await newsTo(KEIRI);
  expect(text).toContain('今後このアドレスには届きません');
  expect(text).toContain('t…@evil.example');
  expect(text).not.toContain('thief@');
  expect(text).not.toContain('お振込先口座番号');
  expect(await written()).toEqual([`${KEIRI} 2`]);
});

it('tells of a transfer account that was added, without its digits', async () => {
  await stored.done(SAKURA, SAKURA.replace('0012345', '7654321'));
  const { text } = await newsTo(KEIRI);
  expect(text).toContain('新しい番号が追加されました。');
  expect(text).not.toMatch(/4321|今後このアドレス/);
});

it('tells the administrators of a company that had no billing contact', async () => {
  const corporation = await running.people.corporationExists({
    corporateNumber: '2002',
    name: 'かえで',
  });
  const given = { corporation, loginId: 'sato-kaede', name: '佐藤 花子' };
  const sato = await running.people.administratorExists(given);
  await running.people.staffExists({ ...given, loginId: 'suzuki-kaede', name: '鈴木 一郎' });
  await stored.done('2002,かえで,,7654321,keiri@kaede.example');
  const { text } = await newsTo(sato.email);
  expect(text).toContain('k…@kaede.example');
  expect(await written()).toEqual([`${sato.email} 2`]);
});

it('tells nobody of a new company, of a name, or of what is as it was', async () => {
  await stored.done(SAKURA.replace('商事,', '商店,'), '1002,すみれ,,7654321,a@sumire.example');
  await stored.done(SAKURA.replace('商事,', '商店,'));
  await running.mailbox.everythingIsSent();
  expect(await written()).toEqual([]);
});

it('writes one mail to each of many companies, behind all mails that somebody waits for', async () => {
  await stored.done(...manyCompanies('former'));
  await stored.done(...manyCompanies('current'));
  await until(async () => (await written()).length === 120);
  const told = await written();
  expect(new Set(told.map((one) => one.replace(/\d{4}/, 'N')))).toEqual(
    new Set(['former@company-N.example 2']),
  );
});
