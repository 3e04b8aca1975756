import { startApp, type RunningApp } from '../support/app.js';
import { endsAt, endsNoMore } from '../support/ending-connections.js';
import { formOn } from '../support/form-post.js';
import { office } from '../support/invitation.js';
import { invitedOf, listOf, pastes } from '../support/invitation-import.js';
import { applicant, entersDetails, entersNumbers } from '../support/registration.js';
import { drafts, newCompany, signedIn, startsTrial } from '../support/ip-restriction.js';
import type { Corporation } from '../support/people.js';
import { asked, gives, sakuraExists, somebodyWithFactor } from '../support/second-factor.js';

let running: RunningApp;
let sakura: Corporation;
beforeAll(async () => {
  running = await startApp();
  sakura = await sakuraExists(running);
});
afterAll(() => running.stop());
afterEach(() =>
  endsNoMore(running, 'mail_deliveries', 'form_submissions', 'audit_entries', 'ip_tickets'),
);

/** On the page that invites three people. */
async function confirming() {
  const { person, corporation } = await office(running);
  const { text, emails } = listOf(3);
  await pastes(person, text);
  const send = formOn(person, '3名を招待する');
  return { person, corporation, emails, send };
}

it('a list that a fault kept is sent by the same form, once, and counts once', async () => {
  const { person, corporation, emails, send } = await confirming();
  await endsAt(running, 'insert', 'mail_deliveries');
  const first = await send();
  expect(first.status).toBe(503);
  expect(first.text).toContain('もう一度送信できます。');
  expect((await send()).status).toBe(503);
  expect(await invitedOf(running, corporation)).toBe(0);
  await endsNoMore(running, 'mail_deliveries');

  const again = await Promise.all([send(), send()]);
  expect(again.map(({ status }) => status)).toEqual([303, 303]);
  expect(await invitedOf(running, corporation)).toBe(3);
  await running.mailbox.everythingIsSent();
  for (const email of emails)
    expect(running.mailbox.all().filter(({ to }) => to === email)).toHaveLength(1);
  await pastes(person, listOf(1).text);
  expect(person.page.text).toContain('本日は、あと4回');
});

it('a list whose sender was killed is sent by the same form, by one of those who repeat it', async () => {
  const { corporation, send } = await confirming();
  await endsAt(running, 'insert', 'mail_deliveries');
  await endsAt(running, 'delete', 'form_submissions');
  expect((await send()).status).toBe(503);
  await endsNoMore(running, 'mail_deliveries');
  await running.pool.query(
    `update form_submissions set created_at = created_at - interval '6 seconds' where location is null`,
  );
  const again = await Promise.all([send(), send(), send()]);
  expect(again.map(({ status }) => status)).toEqual([303, 303, 303]);
  expect(await invitedOf(running, corporation)).toBe(3);
});

it('a wrong code that its owner was told of is no form that was done', async () => {
  const { member, app } = await somebodyWithFactor(running, sakura);
  const person = await asked(running, member);
  const wrong = await app.wrongCode();
  for (let times = 0; times < 4; times += 1) await gives(person, wrong);
  const send = formOn(person, 'ログイン', { typed: { code: wrong } });
  await endsAt(running, 'insert', 'audit_entries');
  expect((await send()).status).toBe(503);
  await running.mailbox.mailTo(member.email, '確認コードの間違いが続いています');
  await endsNoMore(running, 'audit_entries');
  const again = await send();
  expect(again.status).toBe(422);
  expect(again.text).not.toContain('送信は完了しています');
});

it('an application that was refused is no form that was done', async () => {
  const corporateNumber = '2000007';
  const kashi = await running.people.corporationExists({ corporateNumber, name: 'かし株式会社' });
  await running.people.staffExists({ corporation: sakura, loginId: 'kashi', name: '鈴木 次郎' });
  const person = running.visitor();
  await entersNumbers(person, kashi);
  await entersDetails(person, applicant('kashi'));
  const send = formOn(person, '登録');
  await endsAt(running, 'delete', 'form_submissions');
  expect((await send()).status).toBe(422);
  // Its process was killed.
  await running.pool.query(
    `update form_submissions set created_at = created_at - interval '6 seconds', holder = null
     where location is null`,
  );
  await endsNoMore(running, 'form_submissions');
  const again = await send();
  expect(again.status).toBe(422);
  expect(again.text).toContain('このログインIDは使えません。');
});

it('a list of addresses is confirmed with its first tickets, or stays on trial', async () => {
  const { sato } = await newCompany(running);
  const person = await signedIn(running, sato);
  await drafts(person, '198.51.100.0/24,本社');
  await startsTrial(person);
  const send = formOn(person, '確定する');
  await endsAt(running, 'insert', 'ip_tickets');
  expect((await send()).status).toBe(503);
  expect((await person.opens('/')).text).toContain('新しい設定を試行しています');
  await endsNoMore(running, 'ip_tickets');
  const again = await send();
  expect([again.status, again.headers.location]).toEqual([303, '/ip-restriction/confirmation']);
  await person.opens('/ip-restriction/confirmation');
  expect(person.page.text).toContain('緊急用チケットを印刷する（番号10個）');
});
