import { ApplicationQueue } from '../../../src/admin-enrollment/applications/application-queue.js';
import { DeskDecisions } from '../../../src/admin-enrollment/cases/desk-decisions.js';
import { UntoldCases } from '../../../src/admin-enrollment/cases/untold-cases.js';
import { inUnitOfWork } from '../../../src/database/unit-of-work.js';
import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { Operator } from '../../support/command.js';
import { atDesk, deskCases, historyOf } from '../../support/desk-case.js';
import { WHY } from '../../support/desk-clerk.js';
import { BY_NAKAI, BY_TAMURA } from '../../support/desk-people.js';
import type { Corporation } from '../../support/people.js';
import { signsIn, type Applicant } from '../../support/registration.js';
import { firstUntold, hasContact, probationIsOver } from '../../support/untold-registration.js';

let running: RunningApp;
let nakai: Visitor;
let tamura: Visitor;
beforeAll(async () => {
  running = await startApp();
  nakai = await atDesk(running, 'nakai', '中井');
  tamura = await atDesk(running, 'tamura', '田村');
});
beforeEach(() => running.pool.query('truncate limit_counters'));
afterEach(() => running.clock.reset());
afterAll(() => running.stop());

const HOURS_72 = '72 hours 1 second';
const WAITS = '判断するまで、登録された方の操作は制限されたままです。';

async function reads(person: Visitor, newcomer: Applicant, path: string) {
  await person.opens('/login');
  if (person.page.path === '/login') await signsIn(person, newcomer);
  return person.opens(path);
}

async function stateOf(corporation: Corporation): Promise<string> {
  await inUnitOfWork(() => running.app.get(ApplicationQueue).startAll());
  return (await deskCases(running, corporation))[0]!.state;
}

describe('a first administrator of whom nobody could be told', () => {
  it('waits for two people of the desk, and reads so; time alone ends nothing', async () => {
    const { corporation, noda, person, number } = await firstUntold(running, 'keiri@first.example');
    await nakai.opens(`/desk/cases/${number}`);
    expect(nakai.page.text).toContain(WAITS);
    expect(nakai.page.text).toContain('ご請求先など法人の方に');
    expect(nakai.page.text).not.toMatch(/登録の完了|以前からの管理者/);
    const { out } = await new Operator(running).types('account', 'show', noda.loginId);
    expect(out).toContain('On probation after the registration as an administrator.');
    await running.app.get(DeskDecisions).dismiss(number, BY_NAKAI);

    await running.clock.advance(HOURS_72);
    await running.app.get(UntoldCases).renew();
    expect(await stateOf(corporation)).toBe('in-work');
    const closed = await reads(person, noda, '/accounts/new');
    expect(closed.status).toBe(403);
    expect(closed.text).toContain('担当窓口が登録を確認しています。');
    expect(closed.text).not.toMatch(/あと\d+/);
    const top = await reads(person, noda, '/');
    expect(top.text).toContain('確認が終わるまで、一部の操作をご利用いただけません。');
    expect(top.text).not.toMatch(/まではご利用いただけません/);

    await running.app.get(DeskDecisions).dismiss(number, BY_TAMURA);
    expect(await stateOf(corporation)).toBe('done');
    await running.clock.reset();
    await tamura.opens(`/desk/cases/${number}`);
    expect(historyOf(tamura).filter((line) => line.includes('登録を取り消す'))).toHaveLength(2);
    expect(tamura.page.text).not.toMatch(/自動処理|効力がなくなりました/);
  });

  it('of a company without a billing contact comes in by time; the case stays with the desk', async () => {
    const { corporation, noda, person, number } = await firstUntold(running);
    await nakai.opens(`/desk/cases/${number}`);
    expect(nakai.page.text).toContain('異議を申し立てられる方がいません。次のように');
    expect(nakai.page.text).not.toContain('お知らせが届いていません');
    expect(nakai.page.text).toContain('判断がなくても、登録された方の操作の制限は');
    expect(nakai.page.text).not.toContain(WAITS);
    expect(nakai.page.text).toContain('登録の完了');

    await probationIsOver(running, corporation);
    expect((await reads(person, noda, '/accounts/new')).status).toBe(200);
    expect(await stateOf(corporation)).toBe('new');
    await nakai.reloads();
    expect(nakai.page.text).toMatch(/操作の制限は、.+に時間が過ぎて終わりました。/);
    expect(nakai.page.text).toMatch(/経過.* 確認期間の終了/s);
    nakai.fills('完了の理由', WHY);
    await nakai.presses('完了にする');
    expect(await stateOf(corporation)).toBe('done');
  });

  it('is known to a new billing contact, which the case says at its end', async () => {
    const { corporation, noda, person, number } = await firstUntold(
      running,
      'keiri@second.example',
    );
    await running.clock.advance('6 days');
    await hasContact(running, corporation, 'keiri-2@second.example');
    expect(await stateOf(corporation)).toBe('done');
    const { text } = await running.mailbox.mailTo('keiri-2@second.example');
    const [, end] = /(\d+年\d+月\d+日\S* \d+時\d+分)[^。]*までは/.exec(
      (await reads(person, noda, '/')).text,
    )!;
    expect(text).toContain(end);
    await running.clock.advance(HOURS_72);
    expect((await reads(person, noda, '/accounts/new')).status).toBe(200);
    await running.clock.reset();
    await nakai.opens(`/desk/cases/${number}`);
    expect(nakai.page.text).toMatch(/管理者の登録の判断\s+完了/);
    expect(historyOf(nakai)[0]).toContain(
      '自動処理 状態 完了 異議を申し立てられる方にお知らせできたため',
    );
  });

  it('ends its probation in time once the mail arrives that was tried again', async () => {
    const { corporation, noda, person } = await firstUntold(running, 'keiri@again.example');
    running.mailbox.accepts('keiri@again.example');
    await running.clock.advance('1 day');
    await new Operator(running).types('mail', 'retry', '--bounced', '--since', '2026-01-01');
    await running.mailbox.mailTo('keiri@again.example');
    await running.mailbox.everythingIsSent();
    await running.app.get(UntoldCases).renew();
    expect(await stateOf(corporation)).toBe('done');
    expect((await reads(person, noda, '/accounts/new')).status).toBe(403);
    await running.clock.advance(HOURS_72);
    expect((await reads(person, noda, '/accounts/new')).status).toBe(200);
  });

  it.each(['nobody@fourth.example', 'keiri@first.example'])(
    'stays with the desk where no mail reaches the new billing contact %s either',
    async (email) => {
      const { corporation, noda, person, number } = await firstUntold(running, `of-${email}`);
      running.mailbox.refuses(email, 550, '5.1.1 User unknown');
      await hasContact(running, corporation, email);
      expect(await stateOf(corporation)).toBe('new');
      await nakai.opens(`/desk/cases/${number}`);
      expect(nakai.page.text).toContain(WAITS);
      await running.clock.advance(HOURS_72);
      expect((await reads(person, noda, '/accounts/new')).status).toBe(403);
    },
  );

  it('goes on at the desk where somebody else is told, and the second word is waited for', async () => {
    const { corporation, number } = await firstUntold(running, 'keiri@third.example');
    await running.app.get(DeskDecisions).dismiss(number, BY_NAKAI);
    await hasContact(running, corporation, 'keiri-2@third.example');
    expect(await stateOf(corporation)).toBe('in-work');
    await tamura.opens(`/desk/cases/${number}`);
    expect(tamura.page.text).toContain('中井 さんが取り消しを求めています。');
    expect(tamura.page.text).not.toContain('次のように進めてください。');
    expect(tamura.page.text).toContain('異議を申し立てられる方に、登録をお知らせしています。');
    expect(tamura.page.text).toMatch(/ご請求先 keiri-2@third\.example/);
  });
});
