import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { Operator } from '../../support/command.js';
import { WHY } from '../../support/desk-clerk.js';
import { atDesk, decides, deskCases } from '../../support/desk-case.js';
import { pressesAtDesk } from '../../support/desk.js';
import { NAKAI } from '../../support/desk-people.js';
import { signsIn } from '../../support/registration.js';
import {
  leftBehind,
  objectionLink,
  objects,
  takesOverAndSignsIn,
  type LeftBehind,
} from '../../support/succession.js';

const NOTED = '1人目の判断を記録しました。';

let running: RunningApp;
let nakai: Visitor;
let tamura: Visitor;
beforeAll(async () => {
  running = await startApp();
  nakai = await atDesk(running, 'nakai', '中井');
  tamura = await atDesk(running, 'tamura', '田村');
});
afterAll(() => running.stop());

/** 鈴木 came in, and 佐藤 objected. */
async function objected(): Promise<LeftBehind & { number: string }> {
  const left = await leftBehind(running);
  await takesOverAndSignsIn(running, left);
  const link = await objectionLink(running, left.sato);
  await objects(running.visitor(), link, 'この方は知りません。');
  const [found] = await deskCases(running, left.corporation);
  return { ...left, number: found!.number };
}

it('an objection opens a case, under the number that the customers know', async () => {
  const left = await leftBehind(running);
  await takesOverAndSignsIn(running, left);
  expect(await deskCases(running, left.corporation)).toEqual([]);
  await objects(running.visitor(), await objectionLink(running, left.sato));
  const { rows } = await running.pool.query<{ number: string }>(
    'select case_number as number from enrollments where corporation_id = $1',
    [left.corporation.id],
  );
  expect(await deskCases(running, left.corporation)).toMatchObject([
    { number: rows[0]!.number, kind: 'succession', state: 'new' },
  ]);
});

it('shows what both sides did and say, beside each other', async () => {
  const { number, sato, suzuki, corporation } = await objected();
  await nakai.opens(`/desk/cases/${number}`);
  expect(nakai.page.h1).toBe(`事案 ${number}`);
  const sides = nakai.page.content('.gk-case-sides').text;
  for (const words of [suzuki.email, sato.email, 'この方は知りません。', '異議あり'])
    expect(sides).toContain(words);
  expect(sides).toContain('この法人でははじめてのネットワーク');
  expect(nakai.page.text).toContain('佐藤 花子 様の異議申し立て');
  expect(nakai.page.text).toContain('相手のメールサーバーが受け取りました');
  expect(nakai.page.text).toContain('登録を完了しました');
  const { rows } = await running.pool.query<{ act: string }>(
    `select act from audit_entries where corporation_id = $1 and facts ->> 'operator' = '中井'`,
    [corporation.id],
  );
  expect(rows.map(({ act }) => act)).toEqual(['corporation-view']);
});

it('two people let the newcomer stay, and the case is done', async () => {
  const { number, corporation, suzuki } = await objected();
  await decides(nakai, number, '登録を承認する');
  expect(nakai.page.notice).toContain(NOTED);
  expect(nakai.page.text).toContain('中井 さんが承認を求めています。');
  await nakai.follows('登録を承認する');
  nakai.fills('理由', WHY);
  await pressesAtDesk(nakai, '登録を承認する');
  expect(nakai.page.status).toBe(422);
  expect(nakai.page.errors).toEqual([
    '1人目のオペレーターとは別のオペレーターが行います。メールアドレスが同じ方は、同じ方とみなします。',
  ]);
  expect((await deskCases(running, corporation))[0]!.state).toBe('in-work');

  await decides(tamura, number, '登録を承認する');
  expect(tamura.page.notice).toContain('登録を承認しました。');
  expect((await deskCases(running, corporation))[0]!.state).toBe('done');
  expect(tamura.page.html).not.toContain(`/desk/cases/${number}/decisions/`);
  const newcomer = running.visitor();
  await signsIn(newcomer, suzuki);
  expect(newcomer.page.h1).toBe('TOPページ');
});

it('one person sends away a newcomer to whom somebody objected', async () => {
  const { number, corporation, suzuki } = await objected();
  await decides(nakai, number, '登録を取り消す');
  expect(nakai.page.notice).toContain('登録を取り消しました。');
  expect((await deskCases(running, corporation))[0]!.state).toBe('done');
  const newcomer = running.visitor();
  await signsIn(newcomer, suzuki);
  expect(newcomer.page.text).toContain('登録は取り消されています');
});

it('the company is given to a named person by two, and the case ends with that mailbox', async () => {
  const { number, corporation } = await objected();
  const email = `tanaka-${number.toLowerCase()}@hinoki.example`;
  await nakai.opens(`/desk/cases/${number}/decisions/give`);
  nakai.fills('氏名', '田中 健');
  nakai.fills('フリガナ', 'たなか けん');
  nakai.fills('メールアドレス', email);
  nakai.fills('理由', WHY);
  await pressesAtDesk(nakai, '別の方を管理者に指名する');
  expect(nakai.page.text).toContain('中井 さんが 田中 健 様を指名しました。');
  await tamura.opens(`/desk/cases/${number}`);
  await tamura.follows('2人目として指名を確認する');
  tamura.fills('指名された方のメールアドレス', 'else@hinoki.example');
  tamura.fills('理由', WHY);
  await pressesAtDesk(tamura, '2人目として指名を確認する');
  expect(tamura.page.errors[0]).toContain('指名されている方のメールアドレスと違います。');
  tamura.fills('指名された方のメールアドレス', email);
  await pressesAtDesk(tamura, '2人目として指名を確認する');
  expect(tamura.page.notice).toContain('指名を確認し、田中 健 様に');
  expect((await deskCases(running, corporation))[0]!.state).not.toBe('done');

  const tanaka = running.visitor();
  await tanaka.opens(running.mailbox.linkIn(await running.mailbox.mailTo(email)));
  await tanaka.submits({
    loginId: `tanaka-${number.toLowerCase()}`,
    password: 'sakura-2026-mochi',
    passwordConfirmation: 'sakura-2026-mochi',
  });
  expect((await deskCases(running, corporation))[0]!.state).toBe('done');
});

it('nobody is given a case who is not of the desk', async () => {
  const { number } = await objected();
  const fields = { act: 'assign', assignee: "' or 1=1" };
  expect((await nakai.sends('POST', `/desk/cases/${number}`, { fields })).status).toBe(303);
});

it('ends with a decision by command, too, and cannot be closed by hand before', async () => {
  const { number, corporation } = await objected();
  const { status } = await nakai.sends('POST', `/desk/cases/${number}`, {
    fields: { act: 'close', why: WHY },
  });
  expect(status).toBe(303);
  await nakai.opens(`/desk/cases/${number}`);
  expect(nakai.page.html).not.toContain('完了にする');
  expect((await deskCases(running, corporation))[0]!.state).toBe('new');
  await new Operator(running).types('enrollment', 'dismiss', number, ...NAKAI);
  expect((await deskCases(running, corporation))[0]!.state).toBe('done');
});

it('a decision asks for the factor again after five minutes, and keeps what was typed', async () => {
  const { number } = await objected();
  await tamura.opens(`/desk/cases/${number}/decisions/dismiss`);
  tamura.fills('理由', WHY);
  await running.clock.advance('6 minutes');
  await tamura.presses('登録を取り消す');
  expect(tamura.page.url.pathname).toBe('/desk/confirmation');
  await tamura.opens(`/desk/cases/${number}`);
  await tamura.presses('自分が担当する');
  expect(tamura.page.notice).toContain('の担当になりました');
});

it('a running registration becomes a case when the desk opens one', async () => {
  const left = await leftBehind(running);
  await takesOverAndSignsIn(running, left);
  const { rows } = await running.pool.query<{ number: string }>(
    'select case_number as number from enrollments where corporation_id = $1',
    [left.corporation.id],
  );
  await nakai.opens(`/desk/search?q=${rows[0]!.number}`);
  await nakai.follows(rows[0]!.number);
  expect(nakai.page.h1).toBe('事案を作る');
  await nakai.presses('事案を作る');
  expect(nakai.page.errors).toEqual(['理由を入力してください。']);
  nakai.fills('理由', WHY);
  await nakai.presses('事案を作る');
  expect(nakai.page.h1).toBe(`事案 ${rows[0]!.number}`);
  await nakai.opens(`/desk/search?q=${rows[0]!.number}`);
  await nakai.follows(rows[0]!.number);
  expect(nakai.page.h1).toBe(`事案 ${rows[0]!.number}`);
});
