import { DeskDecisions } from '../../../src/admin-enrollment/cases/desk-decisions.js';
import { UntoldCases } from '../../../src/admin-enrollment/cases/untold-cases.js';
import { DAY_MS, HOUR_MS } from '../../../src/durations.js';
import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { Operator } from '../../support/command.js';
import { atDesk, deskCases, historyOf } from '../../support/desk-case.js';
import { WHY } from '../../support/desk-clerk.js';
import { BY_NAKAI, BY_TAMURA } from '../../support/desk-people.js';
import type { Corporation } from '../../support/people.js';
import { signsIn } from '../../support/registration.js';
import { firstUntold, hasContact, probationIsOver } from '../../support/untold-registration.js';

let running: RunningApp;
let nakai: Visitor;
beforeAll(async () => {
  running = await startApp();
  nakai = await atDesk(running, 'nakai', '中井');
});
beforeEach(() => running.pool.query('truncate limit_counters'));
afterEach(() => running.clock.reset());
afterAll(() => running.stop());

const WATCHED = 'それまでは、判断をせずに事案を完了にすることはできません。';

const stateOf = async (corporation: Corporation) =>
  (await deskCases(running, corporation))[0]!.state;

describe('a first administrator to whom nobody may object', () => {
  it('is watched until the end of the probation: one person alone closes no case', async () => {
    const { corporation, number } = await firstUntold(running);
    await nakai.opens(`/desk/cases/${number}`);
    expect(nakai.page.text).toContain(WATCHED);
    expect(nakai.page.text).not.toContain('完了の理由');
    const formId = nakai.page.root.querySelector('input[name=formId]')!.attributes.value!;
    const fields = { act: 'close', why: WHY, formId };
    await nakai.sends('POST', `/desk/cases/${number}`, { fields });
    await nakai.opens(`/desk/cases/${number}`);
    expect(nakai.page.notice).toContain('判断をすると完了になります。');
    await nakai.opens(`/desk/cases/${number}/answer`);
    expect(nakai.page.root.querySelector('option[value=done]')).toBeNull();
    // A first word makes it a case of another kind, and ends no watch either.
    await running.app.get(DeskDecisions).uphold(number, BY_NAKAI);
    await nakai.opens(`/desk/cases/${number}`);
    expect(nakai.page.text).not.toContain('完了の理由');
    await probationIsOver(running, corporation);
    await nakai.reloads();
    expect(nakai.page.text).not.toContain(WATCHED);
    expect(nakai.page.text).toContain('完了の理由');
  });

  it('is a case that is due before the probation ends, whoever is waited for', async () => {
    await running.restart({ enrollmentProbation: 20 * HOUR_MS });
    const { corporation, number } = await firstUntold(running);
    const { rows } = await running.pool.query<{ end: Date }>(
      'select probation_ends_at as end from enrollments where corporation_id = $1',
      [corporation.id],
    );
    const dueAt = async () => (await deskCases(running, corporation))[0]!.dueAt.getTime();
    expect(await dueAt()).toBeLessThanOrEqual(rows[0]!.end.getTime());
    await nakai.opens(`/desk/cases/${number}`);
    await nakai.presses('お客様の返事待ちにする');
    expect(await dueAt()).toBeLessThanOrEqual(rows[0]!.end.getTime());
    await nakai.presses('対応に戻す');
    expect(await dueAt()).toBeLessThanOrEqual(rows[0]!.end.getTime());
    await running.restart({ enrollmentProbation: 72 * HOUR_MS });
  });

  it('is the desk’s no more once somebody is told who may', async () => {
    const { corporation, number } = await firstUntold(running);
    await hasContact(running, corporation, 'keiri@late.example');
    expect(await running.mailbox.mailTo('keiri@late.example')).toBeTruthy();
    expect(await stateOf(corporation)).toBe('done');
    await nakai.opens(`/desk/cases/${number}`);
    expect(historyOf(nakai)[0]).toContain('異議を申し立てられる方にお知らせできたため');
  });

  it('stays the desk’s where the new contact is the newcomer’s own mailbox', async () => {
    const { corporation, noda } = await firstUntold(running);
    await hasContact(running, corporation, noda.email.toUpperCase());
    expect(await stateOf(corporation)).toBe('new');
  });

  it('gives the usual time to somebody who is told an hour before the end', async () => {
    const { corporation } = await firstUntold(running);
    await running.pool.query(
      `update enrollments set probation_ends_at = genkan_now() + interval '1 hour'
       where corporation_id = $1`,
      [corporation.id],
    );
    await hasContact(running, corporation, 'keiri@hour-71.example');
    const { text } = await running.mailbox.mailTo('keiri@hour-71.example');
    const { rows } = await running.pool.query<{ hours: number }>(
      `select extract(epoch from probation_ends_at - genkan_now())::float8 / 3600 as hours
       from accounts where corporation_id = $1`,
      [corporation.id],
    );
    expect(rows[0]!.hours).toBeGreaterThan(71);
    expect(text).toContain('までに申し立てると');
  });

  it('is decided after the probation, of which the contact of that day hears', async () => {
    const { corporation, number } = await firstUntold(running);
    await probationIsOver(running, corporation);
    await nakai.opens(`/desk/cases/${number}`);
    expect(nakai.page.text).toContain('判断の結果は、新しいご請求先にもメールでお知らせします。');
    expect(nakai.page.text).not.toContain('登録をお知らせするメールをお送りします。');
    await hasContact(running, corporation, 'keiri@after.example');
    for (const by of [BY_NAKAI, BY_TAMURA])
      await running.app.get(DeskDecisions).dismiss(number, by);
    const { text } = await running.mailbox.mailTo('keiri@after.example', '担当窓口の判断');
    expect(text).toContain(BY_TAMURA.why);
  });
});

describe('a first administrator whose billing contact is told after all', () => {
  it('contradicts nobody who asks the command, before the job and after it', async () => {
    const { number } = await firstUntold(running, 'keiri@retried.example');
    const shows = async () => (await new Operator(running).types('enrollment', 'show', number)).out;
    expect(await shows()).toContain('The mails to all witnesses came back.');
    running.mailbox.accepts('keiri@retried.example');
    await new Operator(running).types('mail', 'retry', '--bounced', '--since', '2026-01-01');
    await running.mailbox.mailTo('keiri@retried.example');
    await running.mailbox.everythingIsSent();
    expect(await shows()).not.toContain('The mails to all witnesses came back.');
    await running.app.get(UntoldCases).renew();
    expect(await shows()).not.toContain('The mails to all witnesses came back.');
  });

  it('is a case that is due in that time, also where the customer is waited for', async () => {
    const { corporation, number } = await firstUntold(running, 'keiri@moved.example');
    await running.app.get(DeskDecisions).uphold(number, BY_NAKAI);
    await running.pool.query(
      `update desk_cases set state = 'waiting', due_at = genkan_now() + interval '20 days'
       where case_number = $1`,
      [number],
    );
    await hasContact(running, corporation, 'keiri@moved-on.example');
    const { rows } = await running.pool.query<{ isInTime: boolean }>(
      `select c.due_at < e.probation_ends_at as "isInTime"
       from desk_cases c join enrollments e on e.id = c.subject where c.case_number = $1`,
      [number],
    );
    expect(rows).toEqual([{ isInTime: true }]);
  });

  it('reads one beginning of the probation: when that was', async () => {
    const { corporation, noda, person } = await firstUntold(running, 'keiri@early.example');
    await running.clock.stopsAt(new Date(Date.now() + 6 * DAY_MS));
    await hasContact(running, corporation, 'keiri@told.example');
    const { rows } = await running.pool.query<{ at: string }>(
      `select to_char(genkan_now() at time zone 'Asia/Tokyo', 'FMMM/FMDD FMHH24:MI') as at`,
    );
    const begins = async () => {
      await person.opens('/login');
      if (person.page.path === '/login') await signsIn(person, noda);
      await person.opens('/');
      return /確認期間の開始\s*(\S+ \S+)/.exec(person.page.text)![1];
    };
    expect(await begins()).toBe(rows[0]!.at);
    await running.clock.advance('3 hours');
    expect(await begins()).toBe(rows[0]!.at);
  });
});
