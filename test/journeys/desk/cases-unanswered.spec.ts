import { inUnitOfWork } from '../../../src/database/unit-of-work.js';
import { LostAnswers } from '../../../src/cases/lost-answers.js';
import { CaseDigests } from '../../../src/desk/cases/digest/case-digests.js';
import { BouncePort } from '../../../src/mail/bounces/bounce-port.js';
import { startApp, type RunningApp } from '../../support/app.js';
import { statusReport, vacation } from '../../support/bounces.js';
import type { Visitor } from '../../support/browser.js';
import { WHY } from '../../support/desk-clerk.js';
import { atDesk, deskCases, historyOf, strangerAsks } from '../../support/desk-case.js';
import { freePort } from '../../support/free-port.js';
import { LmtpClient } from '../../support/lmtp.js';
import type { Mail } from '../../support/mailbox.js';
import { companyExists } from '../../support/members.js';
import { hasFactor } from '../../support/second-factor.js';

const MESSAGE = '担当窓口からのご連絡';
const LOST = '回答が届いていません';
const WAITING = 'お客様の返事待ち';
const MONDAY = new Date('2026-12-07T10:00:00+09:00');

let running: RunningApp;
let nakai: Visitor;
let relay: LmtpClient;
beforeAll(async () => {
  const bounceLmtpPort = await freePort();
  running = await startApp({ bounceDomain: 'bounce.front.example', bounceLmtpPort });
  await running.app.get(BouncePort).open();
  relay = await LmtpClient.open(bounceLmtpPort);
  await running.clock.stopsAt(MONDAY);
  nakai = await atDesk(running, 'nakai', '中井');
});
beforeEach(async () => {
  await running.clock.stopsAt(MONDAY);
  await running.pool.query('truncate desk_cases, desk_digests, limit_counters cascade');
});
afterAll(async () => {
  relay.closes();
  await running.stop();
});

let askers = 0;

interface Answered {
  number: string;
  email: string;
  mail: Mail;
}

async function answers(number: string, after: string, answer = '再発行いたします。') {
  await nakai.opens(`/desk/cases/${number}/answer`);
  nakai.fills('回答', answer);
  nakai.fills('回答のあとの状態', after);
  await nakai.presses('回答を送る');
}

/** Somebody asked, and the desk's answer is with the mail server for some minutes. */
async function answered(after = WAITING): Promise<Answered> {
  const email = `yamamoto${(askers += 1)}@gone.example`;
  const number = await strangerAsks(running, { name: '山本 花', email });
  await answers(number, after);
  const mail = await running.mailbox.mailTo(email, MESSAGE);
  await running.mailbox.everythingIsSent();
  await running.clock.advance('4 minutes');
  return { number, email, mail };
}

/** What a server sends back, and everything that follows. */
async function comesBack({ email, mail }: Answered, report = statusReport({ recipient: email })) {
  expect((await relay.delivers(report, mail.returnPath))[0]).toMatch(/^250 /);
  await running.mailbox.everythingIsSent();
}

const deliveryOf = ({ mail }: Answered) => ({ deliveryId: mail.messageId.slice(1, 37) });

async function stored(number: string): Promise<{ state: string; hours: number }> {
  const { rows } = await running.pool.query<{ state: string; hours: number }>(
    `select state, round(extract(epoch from due_at - $2) / 3600)::int as hours
     from desk_cases where case_number = $1`,
    [number, MONDAY],
  );
  return rows[0]!;
}

/** Which of the pages say so: the desk's top, its list, the case, and the closed ones. */
async function saidOn({ number }: Answered): Promise<string[]> {
  const pages = { top: '/desk', list: '/desk/cases', case: `/desk/cases/${number}` };
  const said: string[] = [];
  for (const [name, path] of Object.entries({ ...pages, done: '/desk/cases?state=done' }))
    if ((await nakai.opens(path)).text.includes(LOST)) said.push(name);
  return said;
}

describe('an answer', () => {
  it('that came back puts its case back to work, due as a new one, and every list says so', async () => {
    const lost = await answered();
    expect(await stored(lost.number)).toEqual({ state: 'waiting', hours: 7 * 24 });
    expect(await saidOn(lost)).toEqual([]);
    await comesBack(lost);
    expect(await stored(lost.number)).toEqual({ state: 'in-work', hours: 24 });
    expect(await saidOn(lost)).toEqual(['top', 'list', 'case']);
    await nakai.opens('/desk');
    await nakai.follows(`${LOST}（1件）`);
    expect(nakai.page.text).toContain(lost.number);
    await nakai.opens(`/desk/cases/${lost.number}`);
    expect(historyOf(nakai)[0]).toMatch(/自動処理 状態 対応中 .*届きませんでした/);
  });

  it('is said until somebody answers again, and once for each bounce', async () => {
    const lost = await answered();
    await comesBack(lost);
    await running.clock.advance('4 minutes');
    await nakai.sends('POST', `/desk/cases/${lost.number}`, { fields: { act: 'wait' } });
    expect(await saidOn(lost)).toEqual(['top', 'list', 'case']);
    await comesBack(lost);
    await inUnitOfWork(() => running.app.get(LostAnswers).look(deliveryOf(lost)));
    expect(await stored(lost.number)).toMatchObject({ state: 'waiting' });
    await answers(lost.number, WAITING, 'もう一度お送りします。');
    expect(await saidOn(lost)).toEqual([]);
    const again = { ...lost, mail: await running.mailbox.mailTo(lost.email, MESSAGE) };
    await running.mailbox.everythingIsSent();
    await running.clock.advance('4 minutes');
    await comesBack(again);
    expect(await stored(lost.number)).toMatchObject({ state: 'in-work' });
    expect(await saidOn(lost)).toEqual(['top', 'list', 'case']);
  });

  it('is not said any more of a case that somebody closes knowing of it', async () => {
    const lost = await answered();
    await comesBack(lost);
    await running.clock.advance('4 minutes');
    await nakai.opens(`/desk/cases/${lost.number}`);
    nakai.fills('完了の理由', '電話でお伝えしました');
    await nakai.presses('完了にする');
    expect(await saidOn(lost)).toEqual([]);
  });

  it('opens a case again that was closed before, until somebody closes it knowing of it', async () => {
    const lost = await answered('完了');
    await comesBack(lost);
    expect(await stored(lost.number)).toEqual({ state: 'in-work', hours: 24 });
    expect(await saidOn(lost)).toEqual(['top', 'list', 'case']);
    await running.clock.advance('4 minutes');
    await nakai.opens('/desk/cases?answer=lost');
    expect(nakai.page.field('回答').querySelector('[selected]')?.text).toBe('届いていない');
    await nakai.follows(lost.number);
    nakai.fills('完了の理由', '電話でお伝えしました');
    await nakai.presses('完了にする');
    await inUnitOfWork(() => running.app.get(LostAnswers).look(deliveryOf(lost)));
    expect(await saidOn(lost)).toEqual([]);
  });

  it('of a case of before is missed in the one that the same has by now', async () => {
    const { suzuki, corporation } = await companyExists(running);
    await hasFactor(running, suzuki);
    const opens = async () => {
      const fields = { account: suzuki.id, why: WHY };
      await nakai.sends('POST', '/desk/cases/new', { fields });
      return (await deskCases(running, corporation)).at(-1)!.number;
    };
    const number = await opens();
    await answers(number, '完了');
    const mail = await running.mailbox.mailTo(suzuki.email, MESSAGE);
    await running.mailbox.everythingIsSent();
    await running.clock.advance('4 minutes');
    const newer = await opens();
    await nakai.sends('POST', `/desk/cases/${newer}`, { fields: { act: 'wait' } });
    await comesBack({ number, email: suzuki.email, mail });
    expect((await stored(number)).state).toBe('done');
    expect((await stored(newer)).state).toBe('new');
    await nakai.opens('/desk');
    await nakai.follows(`${LOST}（1件）`);
    await nakai.follows(newer);
    expect(historyOf(nakai)[0]).toMatch(/自動処理 状態 新規 .*届きませんでした/);
    expect(nakai.page.text).toContain(LOST);
    await running.clock.advance('4 minutes');
    await nakai.opens(`/desk/cases/${newer}`);
    nakai.fills('完了の理由', '電話でお伝えしました');
    await nakai.presses('完了にする');
    expect((await nakai.opens('/desk')).text).not.toContain(LOST);
  });

  it('that is answered by a program, or back for somebody else, is where it was', async () => {
    const lost = await answered();
    await comesBack(lost, vacation(lost.email));
    await comesBack(lost, statusReport({ recipient: 'somebody@front.example' }));
    expect(await stored(lost.number)).toEqual({ state: 'waiting', hours: 7 * 24 });
    expect(await saidOn(lost)).toEqual([]);
  });

  it('stands in the morning digest, with its case', async () => {
    const lost = await answered();
    await comesBack(lost);
    await running.mailbox.isReadBy(running.config.deskMail);
    await running.clock.stopsAt(new Date('2026-12-08T09:00:00+09:00'));
    await inUnitOfWork(() => running.app.get(CaseDigests).run());
    const { text } = await running.mailbox.mailTo(running.config.deskMail, '担当窓口の事案');
    expect(text).toMatch(/回答が届いていません.*1件/);
    expect(text).toMatch(/山本 花 様（未確認）、.*まで（回答が届いていません）/);
  });
});
