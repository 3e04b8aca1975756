import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { pressesAtDesk } from '../../support/desk.js';
import { atDesk, deskCases, decides, historyOf } from '../../support/desk-case.js';
import { applicant } from '../../support/registration.js';
import { reviewedBeside, WORDS } from '../../support/reviewed-beside.js';
import {
  applies,
  leftBehind,
  objectionLink,
  objects,
  provesForReview,
  takesOverAndSignsIn,
} from '../../support/succession.js';

const DECIDED = 'お申し込みについての担当窓口の判断';
const NEWS = '異議・ご説明あり';

let running: RunningApp;
let nakai: Visitor;
beforeAll(async () => {
  running = await startApp();
  nakai = await atDesk(running, 'nakai', '中井');
});
beforeEach(() => running.pool.query('truncate limit_counters'));
afterAll(() => running.stop());

async function mailsOf(number: string): Promise<string> {
  await nakai.opens(`/desk/cases/${number}`);
  const table = nakai.page.root
    .querySelectorAll('.gk-table')
    .find((each) => each.querySelector('caption')!.text === 'この事案のメール');
  return table?.text.replace(/\s+/g, ' ') ?? '';
}

const rowOf = (number: string) =>
  nakai.page.root
    .querySelectorAll('tbody tr')
    .find(({ text }) => text.includes(number))!
    .text.replace(/\s+/g, ' ');

describe('an objection to an application under review', () => {
  it('stands on its page with who was told, in the list, on TOP, and before whoever decides', async () => {
    const { left, number, link } = await reviewedBeside(running);
    await nakai.opens(`/desk/cases/${number}`);
    expect(nakai.page.text).toContain('異議を申し立てられる方');
    expect(nakai.page.text).toContain('相手のメールサーバーが受け取りました');
    expect(nakai.page.text).not.toContain('異議が申し立てられています。');
    await nakai.presses('お客様の返事待ちにする');
    await objects(running.visitor(), link, WORDS);
    await nakai.opens('/desk/cases');
    expect(rowOf(number)).toMatch(`新規 ${NEWS}`);
    await nakai.opens('/desk');
    await nakai.follows('新しい異議・ご説明があります（1件）');
    await nakai.follows(number);
    expect(nakai.page.text).toContain('異議が申し立てられています。');
    expect(nakai.page.text).toContain(WORDS);
    expect(historyOf(nakai)[0]).toContain('佐藤 花子 様： 異議申し立て');
    for (const decision of ['お申し込みを承認する', 'お申し込みを却下する']) {
      await nakai.opens(`/desk/cases/${number}`);
      await nakai.follows(decision);
      expect(nakai.page.text).toContain('以前からの管理者：佐藤 花子 様');
      expect(nakai.page.text).toContain(WORDS);
    }
    await nakai.opens(`/desk/cases/${number}`);
    await nakai.presses('自分が担当する');
    await nakai.opens('/desk/cases');
    expect(rowOf(number)).not.toContain(NEWS);
    await nakai.opens(`/desk/cases/${number}/answer?template=both-sides`);
    expect(nakai.page.text).toContain(left.sato.email);
  });

  it('is news also where it came before the mailbox was proved', async () => {
    const { number } = await reviewedBeside(running, true);
    await nakai.opens('/desk/cases');
    expect(rowOf(number)).toContain(NEWS);
    await nakai.follows(number);
    expect(historyOf(nakai)[0]).toContain('佐藤 花子 様： 異議申し立て');
    expect(nakai.page.text).toContain(WORDS);
  });

  it('that comes while somebody decides is read before', async () => {
    const { number, link } = await reviewedBeside(running);
    await nakai.opens(`/desk/cases/${number}/decisions/grant`);
    nakai.fills('理由', 'ご請求先にお電話で確認しました。');
    await objects(running.visitor(), link, WORDS);
    await pressesAtDesk(nakai, 'お申し込みを承認する');
    expect(nakai.page.status).toBe(422);
    expect(nakai.page.text).toContain('このページを開いたあとに、異議またはご説明が届きました。');
    expect(nakai.page.text).toContain(WORDS);
    await pressesAtDesk(nakai, 'お申し込みを承認する');
    expect(nakai.page.status).toBe(200);
  });

  it('has its result by mail, once, refused', async () => {
    const { left, number, link, hayashi } = await reviewedBeside(running);
    await objects(running.visitor(), link);
    await decides(nakai, number, 'お申し込みを却下する');
    const { text } = await running.mailbox.mailTo(left.sato.email, DECIDED);
    expect(text).toContain('却下しました。');
    expect(text).toContain(number);
    await running.mailbox.everythingIsSent();
    const all = running.mailbox.all().filter(({ subject }) => subject.includes(DECIDED));
    expect(all.filter(({ text: each }) => each.includes(number))).toHaveLength(1);
    expect(await mailsOf(number)).toContain(hayashi.email);
    const objector = running.visitor();
    await objector.opens(link);
    expect(objector.page.text).toContain('このお申し込みを却下しました。登録は行われていません。');
    expect(objector.page.text).not.toContain('アカウントは使えません');
  });

  it('has its result by mail when it is granted, and the clerk hears that it waits', async () => {
    const { left, number, link } = await reviewedBeside(running);
    await objects(running.visitor(), link);
    await decides(nakai, number, 'お申し込みを承認する');
    expect(nakai.page.text).toContain('登録のご案内は、それが終わりしだいお送りします。');
    expect(nakai.page.facts.お申し込みの状況).toMatch(/^順番待ち/u);
    const { text } = await running.mailbox.mailTo(left.sato.email, DECIDED);
    expect(text).toContain('承認しました。');
  });

  it('is told to nobody where nobody objected', async () => {
    const { number } = await reviewedBeside(running);
    await decides(nakai, number, 'お申し込みを却下する');
    await running.mailbox.everythingIsSent();
    const all = running.mailbox.all().filter(({ subject }) => subject.includes(DECIDED));
    expect(all.filter(({ text }) => text.includes(number))).toEqual([]);
  });
});

it('mails about one application stand in its case alone, and so does what came back', async () => {
  const left = await leftBehind(running);
  const { sato, suzuki, corporation } = left;
  await takesOverAndSignsIn(running, left);
  await objects(running.visitor(), await objectionLink(running, sato));
  const [{ number: other } = { number: '' }] = await deskCases(running, corporation);
  await running.mailbox.everythingIsSent();
  const before = await mailsOf(other);
  const hayashi = applicant(`hayashi-${corporation.corporateNumber}`, { name: '林 次郎' });
  running.mailbox.refuses(sato.email, 550, '5.1.1 User unknown');
  const person = running.visitor();
  await applies(person, corporation, hayashi);
  await running.mailbox.everythingIsSent();
  const mail = running.mailbox.linkIn(await running.mailbox.mailTo(hayashi.email));
  const number = await provesForReview(running, person, hayashi, mail);
  expect(await mailsOf(other)).toBe(before);
  expect(before).toContain(suzuki.email);
  const own = await mailsOf(number);
  expect(own).toMatch(new RegExp(`管理者の登録のお知らせ ${sato.email}届きませんでした`));
  await nakai.opens(`/desk/cases/${number}/decisions/grant`);
  expect(nakai.page.text).toContain('お知らせのメールが届かなかった方です。');
});
