import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { Operator } from '../../support/command.js';
import { atDesk, decides, deskCases, historyOf } from '../../support/desk-case.js';
import { pressesAtDesk } from '../../support/desk.js';
import { NAKAI } from '../../support/desk-people.js';
import { beginsRemoval, objectsToRemoval, smallCompany } from '../../support/lost-factor.js';
import { signedIn } from '../../support/members.js';
import {
  leftBehind,
  objectionLink,
  objects,
  takesOver,
  takesOverAndSignsIn,
} from '../../support/succession.js';

let running: RunningApp;
let nakai: Visitor;
let tamura: Visitor;
beforeAll(async () => {
  running = await startApp();
  nakai = await atDesk(running, 'nakai', '中井');
  tamura = await atDesk(running, 'tamura', '田村');
});
afterAll(() => running.stop());

async function objected() {
  const left = await leftBehind(running, 1);
  await takesOverAndSignsIn(running, left);
  await objects(running.visitor(), await objectionLink(running, left.sato));
  return { ...left, number: (await deskCases(running, left.corporation))[0]!.number };
}

/** Somebody lost a second factor, and somebody else of the company objected to its removal. */
async function lost() {
  const company = await smallCompany(running);
  await beginsRemoval(running, company);
  await objectsToRemoval(running, company);
  return { ...company, number: (await deskCases(running, company.corporation))[0]!.number };
}

it('whoever signs first works on the case, and it tells who said what and why', async () => {
  const { number, corporation } = await objected();
  await decides(nakai, number, '登録を承認する', '委任状を確認しました');
  expect(nakai.page.facts.担当).toBe('中井');
  expect(await deskCases(running, corporation)).toMatchObject([{ state: 'in-work' }]);
  const [first] = historyOf(nakai);
  expect(first).toContain('中井 さん： 1人目の判断 登録を承認する 委任状を確認しました');

  await tamura.opens(`/desk/cases/${number}/decisions/uphold`);
  expect(tamura.page.text).toContain('中井 さんが承認を求めています。');
  expect(tamura.page.text).toContain('理由：委任状を確認しました');
  await decides(tamura, number, '登録を承認する', '私も委任状を見ました');
  const [second] = historyOf(tamura);
  expect(second).toContain('田村 さん： 判断 登録を承認する 私も委任状を見ました');
  expect(tamura.page.facts.担当).toBe('中井');
  expect(await deskCases(running, corporation)).toMatchObject([{ state: 'done' }]);
});

it('a case that somebody else works on stays theirs', async () => {
  const { number } = await objected();
  await tamura.opens(`/desk/cases/${number}`);
  await tamura.presses('自分が担当する');
  await decides(nakai, number, '登録を承認する');
  expect(nakai.page.facts.担当).toBe('田村');
});

it('a decision names whom it is about', async () => {
  const { number, suzuki, corporation } = await objected();
  await nakai.opens(`/desk/cases/${number}/decisions/dismiss`);
  expect(nakai.page.facts).toMatchObject({
    登録された方: `鈴木 一郎 様 ${suzuki.email} ${suzuki.loginId}`,
    法人名: `${corporation.name} ${corporation.corporateNumber}`,
  });
  const loss = await lost();
  await nakai.opens(`/desk/cases/${loss.number}/decisions/remove-factor`);
  expect(nakai.page.facts['2段階認証を使えなくなった方']).toBe(
    `${loss.sato.name} 様 ${loss.sato.email} ${loss.sato.loginId}`,
  );
});

it('a named person stands in the history; the second one types the address alone', async () => {
  const { number } = await objected();
  const email = `tanaka-${number.toLowerCase()}@hinoki.example`;
  await nakai.opens(`/desk/cases/${number}/decisions/give`);
  nakai.fills('氏名', '田中 健');
  nakai.fills('フリガナ', 'たなか けん');
  nakai.fills('メールアドレス', email);
  nakai.fills('理由', '社長のご指定です');
  await pressesAtDesk(nakai, '別の方を管理者に指名する');
  expect(historyOf(nakai)[0]).toContain('別の方を管理者に指名する 田中 健 様 社長のご指定です');
  await tamura.opens(`/desk/cases/${number}/decisions/confirm`);
  expect(tamura.page.text).toContain('理由：社長のご指定です');
  expect(tamura.page.facts.指名された方).toBe('田中 健 様');
  expect(tamura.page.html).not.toContain(email);
  tamura.fills('指名された方のメールアドレス', email);
  tamura.fills('理由', '登記簿を見ました');
  await pressesAtDesk(tamura, '2人目として指名を確認する');
  expect(historyOf(tamura)[0]).toContain('2人目として指名を確認する 田中 健 様 登記簿を見ました');

  await nakai.opens(`/desk/cases/${number}/decisions/give`);
  nakai.fills('氏名', '木村 正');
  nakai.fills('フリガナ', 'きむら ただし');
  nakai.fills('メールアドレス', 'kimura@hinoki.example');
  nakai.fills('理由', '田中様が辞退されました');
  await pressesAtDesk(nakai, '別の方を管理者に指名する');
  await tamura.opens(`/desk/cases/${number}/decisions/give`);
  expect(tamura.page.text).toContain('田中 健 様に代わる方の指名を求めています。');
  expect(tamura.page.text).toContain('理由：田中様が辞退されました');
});

it('the removal of a lost factor tells both people', async () => {
  const { number } = await lost();
  await decides(nakai, number, '2段階認証の解除を始める', '請求先に電話しました');
  expect(nakai.page.facts.担当).toBe('中井');
  await tamura.opens(`/desk/cases/${number}/decisions/remove-factor`);
  expect(tamura.page.text).toContain('理由：請求先に電話しました');
  await decides(tamura, number, '2段階認証の解除を始める', '本人と話しました');
  expect(historyOf(tamura).slice(0, 2)).toEqual([
    expect.stringContaining('田村 さん： 判断 2段階認証の解除を始める 本人と話しました'),
    expect.stringContaining('中井 さん： 1人目の判断 2段階認証の解除を始める 請求先に電話しました'),
  ]);
});

it('a command is an entry, too, by whoever gave it', async () => {
  const { number } = await objected();
  await new Operator(running).types('enrollment', 'dismiss', number, ...NAKAI);
  await nakai.opens(`/desk/cases/${number}`);
  expect(historyOf(nakai)[0]).toMatch(/中井 さん： 判断 登録を取り消す /);
  expect(nakai.page.facts.担当).toBe('中井');
});

it('an administrator who approves ends the case of the desk, which says so', async () => {
  const left = await leftBehind(running);
  running.mailbox.refuses(left.sato.email, 550, '5.1.1 User unknown');
  await takesOver(running, left);
  await running.mailbox.everythingIsSent();
  const { number } = (await deskCases(running, left.corporation))[0]!;
  const sato = await signedIn(running, left.sato);
  await sato.opens('/admin-enrollment/cases');
  await sato.follows(left.suzuki.name);
  expect(sato.page.text).toContain('担当窓口が判断するまで、管理者としては');
  expect(sato.page.text).not.toMatch(/あと\d+/);
  await sato.follows('承認へ進む');
  await sato.presses('承認する');
  expect(await deskCases(running, left.corporation)).toMatchObject([{ state: 'done' }]);
  await nakai.opens(`/desk/cases/${number}`);
  expect(historyOf(nakai)[0]).toContain('状態 完了 以前からの管理者が登録を承認したため');
});
