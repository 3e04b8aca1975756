import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { WHY } from '../../support/desk-clerk.js';
import { atDesk } from '../../support/desk-case.js';
import { companyExists } from '../../support/members.js';
import { activates, applicant, registers } from '../../support/registration.js';

const KEIRI = 'keiri@sakura.example.jp';

let running: RunningApp;
let nakai: Visitor;
beforeAll(async () => {
  running = await startApp();
  nakai = await atDesk(running, 'nakai', '中井');
});
afterAll(() => running.stop());

it('tells administrators and the billing contact of the end of the service, and of its restart', async () => {
  const { corporation, sato, suzuki } = await companyExists(running);
  await running.pool.query('update corporations set billing_email = $2 where id = $1', [
    corporation.id,
    KEIRI,
  ]);
  await running.pool.query(`update accounts set language = 'en' where id = $1`, [sato.id]);
  for (const [act, button, subject, english] of [
    ['close', '法人の利用を終了する', 'ご利用の終了のお知らせ', 'Your service has ended'],
    ['open', '法人の利用を再開する', 'ご利用の再開のお知らせ', 'Your service has begun again'],
  ] as const) {
    await nakai.opens(`/desk/corporations/${corporation.id}/acts/${act}`);
    expect(nakai.page.text).toContain('管理者の方とご請求先に、理由をメールでお知らせします。');
    nakai.fills('理由', WHY);
    await nakai.presses(button);
    const { text } = await running.mailbox.mailTo(KEIRI, subject);
    expect(text).toContain(WHY);
    expect((await running.mailbox.mailTo(sato.email, english)).text).toContain(WHY);
    // Who is in the state already hears nothing anew.
    await nakai.sends('POST', `/desk/corporations/${corporation.id}/acts/${act}`, {
      fields: { why: WHY },
    });
  }
  const { rows } = await running.pool.query(
    `select count(*)::int as count, count(*) filter (where recipient = $1)::int as staff
     from mail_deliveries where kind = 'corporation-closed'`,
    [suzuki.email],
  );
  expect(rows[0]).toMatchObject({ staff: 0 });
  const administrators = await running.pool.query(
    `select id from accounts where corporation_id = $1 and role = 'administrator'`,
    [corporation.id],
  );
  expect(rows[0].count).toBe(2 * (administrators.rows.length + 1));
});

it('ends the service while an import of master data adds accounts of the company', async () => {
  const { corporation } = await companyExists(running);
  const imported = await running.pool.connect();
  try {
    await imported.query('begin');
    // As an import leaves it until the last of its lines is written.
    await imported.query(
      `insert into transfer_accounts (corporation_id, digest, last_digits, secret_key)
       values ($1, '\\x01', '001', 'key')`,
      [corporation.id],
    );
    await nakai.opens(`/desk/corporations/${corporation.id}/acts/close`);
    nakai.fills('理由', WHY);
    await nakai.presses('法人の利用を終了する');
    expect(nakai.page.text).toContain('利用終了');
  } finally {
    await imported.query('rollback');
    imported.release();
  }
});

it('tells the only administrator, who is on probation', async () => {
  const corporation = await running.people.corporationExists({
    corporateNumber: '4400001',
    name: '株式会社けやき',
  });
  const noda = applicant('noda-closed', { name: '野田 剛' });
  const person = running.visitor();
  await registers(person, corporation, noda);
  await activates(person, running.mailbox.linkIn(await running.mailbox.mailTo(noda.email)));
  await nakai.opens(`/desk/corporations/${corporation.id}/acts/close`);
  nakai.fills('理由', WHY);
  await nakai.presses('法人の利用を終了する');
  const { text } = await running.mailbox.mailTo(noda.email, 'ご利用の終了のお知らせ');
  expect(text).toContain(WHY);
});
