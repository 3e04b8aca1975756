import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { signedIn } from '../support/members.js';
import {
  applies,
  leftBehind,
  objectionLink,
  objects,
  takesOverAndSignsIn,
  type LeftBehind,
} from '../support/succession.js';

const CLOSED_ACTS = [
  'メールアドレスを変更する',
  'すべての端末からログアウトさせる',
  '利用を停止する',
  '利用を再開する',
  'この利用者を削除する',
  '変更を保存する',
];

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

/** Opens the page of the newcomer, from the list. @returns the row of the list */
async function opensNewcomer(person: Visitor, { suzuki }: LeftBehind): Promise<string> {
  await person.opens('/accounts');
  const rows = person.page.root.querySelectorAll('tbody tr');
  const row = rows.find(({ text }) => text.includes(suzuki.name))!.text;
  await person.follows(suzuki.name);
  return row;
}

const offered = ({ page }: Visitor) => CLOSED_ACTS.filter((act) => page.text.includes(act));

it('list and page of a newcomer under objection say who decides, and offer nothing that the case forbids', async () => {
  const left = await leftBehind(running);
  await takesOverAndSignsIn(running, left);
  await objects(running.visitor(), await objectionLink(running, left.sato));
  const person = await signedIn(running, left.sato);
  expect(await opensNewcomer(person, left)).toContain('利用停止中（担当窓口の判断待ち）');
  const path = person.page.path;
  expect(person.page.text).toContain('異議申し立てがあり、担当窓口が確認しています。');
  expect(person.page.text).toContain('担当窓口が双方のお話を伺って判断します。お急ぎのときは');
  expect(offered(person)).toEqual([]);
  await person.opens(`${path}/email`);
  expect([person.page.path, person.page.status]).toEqual([path, 200]);
  const fields = { name: '鈴木 次郎', nameKana: 'スズキ', role: 'administrator', version: '1' };
  const stale = await person.sends('POST', path, {
    fields: { ...fields, department: '', phone: '' },
  });
  expect(stale.status).toBe(422);
  await person.opens(path);
  await person.follows('お手続きの状況を見る');
  expect(person.page.path).toMatch(/^\/admin-enrollment\/cases\//);
  expect(person.page.text).toContain(left.suzuki.name);
});

it('so does the page of a newcomer who has not completed the registration, with its end', async () => {
  await running.clock.stopsAt(new Date('2026-12-01T09:00:00+09:00'));
  const left = await leftBehind(running);
  await applies(running.visitor(), left.corporation, left.suzuki);
  const person = await signedIn(running, left.sato);
  expect(await opensNewcomer(person, left)).toContain('登録未完了');
  const path = person.page.path;
  expect(person.page.text).toContain('ご本人がまだ登録を完了していないため');
  expect(person.page.text).toContain(
    '2026年12月2日(水) 9時00分（日本時間）までに登録が完了しないと',
  );
  expect(offered(person)).toEqual([]);
  await person.opens(`${path}/suspension`);
  expect([person.page.status, person.page.text]).toEqual([
    409,
    expect.stringContaining('ご本人がまだ登録を完了していないため'),
  ]);
});

it('a witness of before keeps the acts that go on, and reads until when the others rest', async () => {
  const left = await leftBehind(running, 1);
  await takesOverAndSignsIn(running, left);
  const person = await signedIn(running, left.sato);
  await person.opens('/accounts');
  await person.follows('加藤 1郎');
  expect(person.page.text).toContain('管理者の追加登録を確認中です。');
  expect(person.page.text).toMatch(/確認は \d+年.*に終わります。登録を承認すると/);
  expect(offered(person)).toEqual([
    'メールアドレスを変更する',
    'すべての端末からログアウトさせる',
    '変更を保存する',
  ]);
});
