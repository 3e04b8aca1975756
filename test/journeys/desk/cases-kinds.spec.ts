import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { WHY } from '../../support/desk-clerk.js';
import { atDesk, decides, deskCases } from '../../support/desk-case.js';
import {
  beginsRemoval,
  objectsToRemoval,
  reportsLoss,
  smallCompany,
} from '../../support/lost-factor.js';
import { reviewedByDesk } from '../../support/proof.js';
import { signsIn } from '../../support/registration.js';
import { leftBehind, takesOver, type LeftBehind } from '../../support/succession.js';

let running: RunningApp;
let nakai: Visitor;
let tamura: Visitor;
beforeAll(async () => {
  running = await startApp();
  nakai = await atDesk(running, 'nakai', '中井');
  tamura = await atDesk(running, 'tamura', '田村');
});
beforeEach(() => running.pool.query('truncate limit_counters'));
afterAll(() => running.stop());

/** 山本 asks by the form, as if from this page. */
async function asksFrom(path: string, message = 'ログインできません。'): Promise<string> {
  const person = running.visitor();
  await person.opens(`/contact?requestNumber=3f2a91c4-7b0e&from=${encodeURIComponent(path)}`);
  person.fills('氏名', '山本 花');
  person.fills('メールアドレス', 'yamamoto@else.example');
  person.fills('お問い合わせの内容', message);
  await person.presses('送信');
  return person.page.facts.受付番号!;
}

async function untold(): Promise<LeftBehind> {
  const left = await leftBehind(running);
  running.mailbox.refuses(left.sato.email, 550, '5.1.1 User unknown');
  await takesOver(running, left);
  await running.mailbox.everythingIsSent();
  return left;
}

describe('an application that the desk reviews', () => {
  it('is a case, and the page grants it', async () => {
    const { company, number, email } = await reviewedByDesk(running, 'review-1');
    expect(await deskCases(running, company)).toMatchObject([
      { number, kind: 'review', state: 'new' },
    ]);
    await nakai.opens(`/desk/cases/${number}`);
    expect(nakai.page.facts).toMatchObject({
      番号の確認: '一致',
      メールアドレス: `${email} 確認済み`,
    });
    await decides(nakai, number, 'お申し込みを承認する');
    expect(nakai.page.notice).toContain('お申し込みを承認し');
    expect((await deskCases(running, company))[0]!.state).toBe('done');
  });

  it('ends with its refusal', async () => {
    const { company, number } = await reviewedByDesk(running, 'review-2');
    await decides(nakai, number, 'お申し込みを却下する');
    expect((await deskCases(running, company))[0]!.state).toBe('done');
  });
});

describe('a newcomer of whom nobody could be told', () => {
  it('is a case, which two people end', async () => {
    const { corporation } = await untold();
    const [found] = await deskCases(running, corporation);
    expect(found).toMatchObject({ kind: 'untold', state: 'new' });
    await nakai.opens(`/desk/cases/${found!.number}`);
    expect(nakai.page.text).toContain('お知らせがどなたにも届かないと判明');
    expect(nakai.page.text).toContain('以前のメールが戻ってきたため、送信していません');
    expect(nakai.page.text).toContain('次のように進めてください。');
    expect(nakai.page.text).toContain('操作は制限されたままです。');
    for (const clerk of [nakai, tamura]) await decides(clerk, found!.number, '登録を取り消す');
    expect((await deskCases(running, corporation))[0]!.state).toBe('done');
    await nakai.reloads();
    expect(nakai.page.text).not.toContain('次のように進めてください。');
  });
});

describe('a lost second factor', () => {
  it('is a case once somebody objected, and two people begin the removal', async () => {
    const company = await smallCompany(running);
    await beginsRemoval(running, company);
    await objectsToRemoval(running, company);
    const [found] = await deskCases(running, company.corporation);
    expect(found).toMatchObject({ kind: 'lost-factor', state: 'new' });
    const number = found!.number;
    await decides(nakai, number, '2段階認証の解除を始める');
    expect(nakai.page.text).toContain('中井 さんが2段階認証の解除を求めています。');
    await decides(tamura, number, '2段階認証の解除を始める');
    expect(tamura.page.notice).toContain('2段階認証の解除が始まりました。');
    expect((await deskCases(running, company.corporation))[0]!.state).toBe('done');
  });

  it('is not closed unseen beside a removal that goes on', async () => {
    const company = await smallCompany(running);
    await beginsRemoval(running, company);
    await objectsToRemoval(running, company);
    const { number } = (await deskCases(running, company.corporation))[0]!;
    for (const operator of [nakai, tamura])
      await decides(operator, number, '2段階認証の解除を始める');
    await nakai.opens(`/desk/cases/${number}`);
    nakai.fills('再開の理由', WHY);
    await nakai.presses('対応を再開する');
    expect(nakai.page.text).toContain('完了にしても、お手続きは続きます。');
    nakai.fills('完了の理由', WHY);
    await nakai.presses('完了にする');
    expect(nakai.page.status).toBe(422);
    expect(nakai.page.text).toContain('チェックを付けて確認してください。');
    expect((await deskCases(running, company.corporation))[0]!.state).not.toBe('done');
    nakai.checks('お手続きが続くことを確認しました');
    await nakai.presses('完了にする');
    expect((await deskCases(running, company.corporation))[0]!.state).toBe('done');
  });

  it('comes back as a case when its owner asks again', async () => {
    const company = await smallCompany(running);
    await beginsRemoval(running, company);
    await objectsToRemoval(running, company);
    const [first] = await deskCases(running, company.corporation);
    await nakai.opens(`/desk/cases/${first!.number}`);
    nakai.fills('完了の理由', WHY);
    await nakai.presses('完了にする');
    await running.pool.query('truncate limit_counters');
    await reportsLoss(running, company.sato);
    const states = (await deskCases(running, company.corporation)).map(({ state }) => state);
    expect(states).toEqual(['done', 'new']);
  });

  it('is a case by the desk, from the page of the person', async () => {
    const { sato, corporation } = await smallCompany(running);
    await nakai.opens(`/desk/accounts/${sato.id}`);
    await nakai.follows('2段階認証の紛失を受け付ける');
    expect(nakai.page.facts).toMatchObject({ ログインID: sato.loginId });
    nakai.fills('理由', WHY);
    await nakai.presses('事案を作る');
    expect(nakai.page.notice).toContain('を作りました');
    const [found] = await deskCases(running, corporation);
    expect(found!.kind).toBe('lost-factor');
    await nakai.opens(`/desk/accounts/${sato.id}`);
    await nakai.follows(found!.number);
    expect(nakai.page.h1).toBe(`事案 ${found!.number}`);
  });
});

describe('a question', () => {
  it.each([
    ['/accounts', 'question', '担当者情報変更 /accounts'],
    ['/password-reset/numbers', 'lock-out', 'パスワード再登録 /password-reset/numbers'],
    ['/ip-restriction/access', 'ip-restriction', 'IPアドレス制限 /ip-restriction/access'],
  ])('from %s is a case of the kind %s, and a mail with its number', async (path, kind, page) => {
    const number = await asksFrom(path);
    expect(await deskCases(running)).toContainEqual(expect.objectContaining({ number, kind }));
    const mail = await running.mailbox.mailTo(running.config.deskMail, number);
    expect(mail.subject).toContain(`お問い合わせ（${number}）`);
    expect(mail.text).toContain(`${running.config.publicUrl}/desk/cases/${number}`);
    await nakai.opens(`/desk/search?q=${number.toLowerCase()}`);
    await nakai.follows(number);
    expect(nakai.page.facts).toMatchObject({
      氏名: '山本 花 様',
      リクエスト番号: '3f2a91c4-7b0e',
      ご覧になっていたページ: page,
    });
    expect(nakai.page.text).toContain('ログインできません。');
    expect(nakai.page.text).toContain('確認されていません。');
    nakai.fills('完了の理由', WHY);
    await nakai.presses('完了にする');
    expect(nakai.page.notice).toContain('完了にしました');
  });

  it('of somebody who is signed in belongs to the company', async () => {
    const { corporation, sato } = await leftBehind(running);
    const person = running.visitor();
    await signsIn(person, sato);
    await person.opens('/contact');
    person.fills('お問い合わせの内容', 'メールが届きません。');
    await person.presses('送信');
    const [found] = await deskCases(running, corporation);
    expect(found).toMatchObject({ kind: 'question', number: person.page.facts.受付番号 });
    await nakai.opens(`/desk/corporations/${corporation.id}`);
    await nakai.follows(found!.number);
    expect(nakai.page.text).toContain('メールが届きません。');
  });
});
