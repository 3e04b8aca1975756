import { DeskDecisions } from '../../../src/admin-enrollment/cases/desk-decisions.js';
import { ApplicationQueue } from '../../../src/admin-enrollment/applications/application-queue.js';
import { inUnitOfWork } from '../../../src/database/unit-of-work.js';
import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { provesFor } from '../../support/desk.js';
import { atDesk, decides, historyOf } from '../../support/desk-case.js';
import { WHY } from '../../support/desk-clerk.js';
import { BY_NAKAI, BY_TAMURA, upholdBy } from '../../support/desk-people.js';
import { signedIn } from '../../support/members.js';
import { activates } from '../../support/registration.js';
import { reviewedBeside, type Reviewed } from '../../support/reviewed-beside.js';

let running: RunningApp;
let nakai: Visitor;
beforeAll(async () => {
  running = await startApp();
  nakai = await atDesk(running, 'nakai', '中井');
});
beforeEach(() => running.pool.query('truncate limit_counters'));
afterEach(() => running.clock.reset());
afterAll(() => running.stop());

/** 鈴木 stays, so nobody comes before 林, whose application the desk grants ten minutes later. */
async function granted(isEarly = false): Promise<Reviewed> {
  const found = await reviewedBeside(running, isEarly);
  const { rows } = await running.pool.query<{ number: string }>(
    "select case_number as number from enrollments where corporation_id = $1 and state = 'running'",
    [found.left.corporation.id],
  );
  await upholdBy(running.app.get(DeskDecisions), rows[0]!.number);
  await running.mailbox.everythingIsSent();
  running.mailbox.unread(found.left.sato.email);
  running.mailbox.unread(found.hayashi.email);
  await running.clock.advance('10 minutes');
  await provesFor(nakai, `/desk/cases/${found.number}`);
  await decides(nakai, found.number, 'お申し込みを承認する');
  expect(nakai.page.notice).toContain('登録のご案内をお送りしました。');
  return found;
}

async function comesIn({ hayashi }: Reviewed): Promise<void> {
  const mail = await running.mailbox.mailTo(hayashi.email, '登録');
  await activates(running.visitor(), running.mailbox.linkIn(mail));
}

it('has its decisions once the desk goes on with the case of its review', async () => {
  const found = await granted();
  await comesIn(found);
  const { number } = found;
  await nakai.opens(`/desk/cases/new?enrollment=${number}`);
  expect(nakai.page.path).toBe(`/desk/cases/${number}`);
  nakai.fills('再開の理由', WHY);
  await nakai.presses('対応を再開する');
  expect(nakai.page.text).toMatch(/管理者の登録の判断 (新規|対応中)/);
  await decides(nakai, number, '登録を取り消す');
  expect(nakai.page.notice).toContain('1人目の判断を記録しました。');
  await running.app.get(DeskDecisions).dismiss(number, BY_TAMURA);
  await nakai.reloads();
  expect(nakai.page.text).toContain('担当窓口が取り消し');
});

it('keeps the time at which its applicant applied, on pages and in mails', async () => {
  const found = await granted();
  const { left, hayashi, number } = found;
  await comesIn(found);
  const { rows } = await running.pool.query<{ early: boolean }>(
    `select created_at < granted_at - interval '9 minutes' as early from enrollments
     where case_number = $1`,
    [number],
  );
  expect(rows).toEqual([{ early: true }]);
  await running.mailbox.everythingIsSent();
  const told = running.mailbox.all().filter(({ text }) => text.includes(number));
  const times = told.flatMap(
    ({ text }) => /お申し込みの日時\s*[：:]?\s*(.*時\d+分)/.exec(text)?.[1] ?? [],
  );
  expect(times.length).toBeGreaterThan(1);
  expect(new Set(times).size).toBe(1);
  const sato = await signedIn(running, left.sato);
  await sato.opens('/admin-enrollment/cases');
  await sato.follows(hayashi.name);
  expect(sato.page.facts.お申し込みの日時).toContain(times[0]);
  await nakai.opens(`/desk/cases/${number}`);
  expect(nakai.page.text).toMatch(
    /経過[\s\S]*?お申し込み[\s\S]*?メールアドレスの確認[\s\S]*?担当窓口によるお申し込みの承認[\s\S]*?登録完了/,
  );
});

it('stands in the company’s log as the desk’s act, and as no further application', async () => {
  const { left, number } = await granted();
  await inUnitOfWork(() => running.app.get(ApplicationQueue).startAll());
  const { rows } = await running.pool.query<{ act: string; reason: string }>(
    `select act, reason from audit_entries
     where corporation_id = $1 and facts ->> 'caseNumber' = $2
       and act in ('succession-application', 'activation', 'review-decision') order by at`,
    [left.corporation.id, number],
  );
  expect(rows).toEqual([
    { act: 'succession-application', reason: 'done' },
    { act: 'activation', reason: 'in-review' },
    { act: 'review-decision', reason: 'done' },
  ]);
});

it('has each objection in its history once, also when the mailbox is proved', async () => {
  const found = await granted(true);
  await comesIn(found);
  await nakai.opens(`/desk/cases/${found.number}`);
  expect(nakai.page.text).toContain('異議が申し立てられています。');
  expect(historyOf(nakai).filter((line) => line.includes('異議申し立て'))).toHaveLength(1);
});

it('lets nobody stay before the mail of the grant is confirmed, and ends as an application', async () => {
  const { number, hayashi, left } = await granted();
  await nakai.opens(`/desk/cases/${number}`);
  nakai.fills('再開の理由', WHY);
  await nakai.presses('対応を再開する');
  expect(nakai.page.text).not.toContain('登録を承認する');
  expect(nakai.page.text).toContain('お申し込みは取り消され、登録は行われません。');
  await nakai.follows('登録を取り消す');
  expect(nakai.page.text).toContain('2人の判断が必要です。');
  const decisions = running.app.get(DeskDecisions);
  expect(await decisions.uphold(number, BY_TAMURA)).toMatchObject({ reason: 'mailbox-unproved' });
  expect(await decisions.dismiss(number, BY_NAKAI)).toEqual({ ok: true, isComplete: false });
  await decisions.dismiss(number, BY_TAMURA);
  await running.mailbox.everythingIsSent();
  for (const { email } of [hayashi, left.sato]) {
    const mails = running.mailbox
      .all()
      .filter(({ to, text }) => to.includes(email) && text.includes('判断の日時'));
    expect(mails.at(-1)!.text).toContain(
      '管理者の登録のお申し込みを取り消しました。登録は行われません。',
    );
    expect(mails.at(-1)!.text).not.toMatch(/アカウントは使えません|元に戻っています/);
  }
});

const SIGNS_IN = 'ログインできるようにな';

it.each([false, true])(
  'is mailed as what the desk granted; objected to: %s',
  async (isObjected) => {
    const { hayashi, number } = await granted(isObjected);
    const mail = await running.mailbox.mailTo(hayashi.email, '登録');
    expect(mail.subject).toContain('担当窓口がお申し込みを承認しました');
    expect(mail.text).toMatch(/申し込みを、\s*担当窓口が承認しました。/);
    expect(mail.text).toContain(number);
    expect(mail.text.includes('担当窓口が判断するまではログインできません。')).toBe(isObjected);
    expect(mail.text.includes(SIGNS_IN)).toBe(!isObjected);
    expect(mail.text.includes('前任者のアカウントを必ず削除')).toBe(!isObjected);
  },
);
