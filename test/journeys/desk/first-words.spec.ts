import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { Operator } from '../../support/command.js';
import { WHY } from '../../support/desk-clerk.js';
import { atDesk, decides, deskCases } from '../../support/desk-case.js';
import { deskPersonExists } from '../../support/desk.js';
import {
  leftBehind,
  objectionLink,
  objects,
  takesOverAndSignsIn,
  type LeftBehind,
} from '../../support/succession.js';

let running: RunningApp;
let nakai: Visitor;
beforeAll(async () => {
  running = await startApp();
  nakai = await atDesk(running, 'nakai', '中井');
});
afterAll(() => running.stop());

/** 鈴木 came in, and 佐藤 objected. */
async function objected(): Promise<LeftBehind & { number: string; link: string }> {
  const left = await leftBehind(running);
  await takesOverAndSignsIn(running, left);
  const link = await objectionLink(running, left.sato);
  await objects(running.visitor(), link, 'この方は知りません。');
  const [found] = await deskCases(running, left.corporation);
  return { ...left, link, number: found!.number };
}

it('forgets the first word of somebody whose access was ended', async () => {
  const { number, corporation } = await objected();
  const miura = await atDesk(running, 'miura', '三浦');
  await decides(miura, number, '登録を承認する');
  expect(miura.page.text).toContain('三浦 さんが承認を求めています。');
  await deskPersonExists(running, { loginId: 'okano', name: '岡野', role: 'lead' });
  const byLead = ['--operator', '岡野', '--reason', WHY];
  const ended = await new Operator(running).types('operator', 'end', 'miura', ...byLead);
  expect(ended).toMatchObject({ exitCode: 0 });
  await nakai.opens(`/desk/cases/${number}`);
  expect(nakai.page.text).not.toContain('三浦 さんが承認を求めています。');
  await nakai.opens(`/desk/corporations/${corporation.id}`);
  expect(nakai.page.text).toMatch(
    new RegExp(`1人目の判断の効力がなくなりました[^。]*${number}[^。]*担当窓口を離れたため`),
  );
  await decides(nakai, number, '登録を承認する');
  expect(nakai.page.text).toContain('中井 さんが承認を求めています。');
  expect((await deskCases(running, corporation))[0]!.state).not.toBe('done');
});

it('forgets the first word of somebody whose sign-in was reset', async () => {
  const { number, corporation } = await objected();
  const kato = await atDesk(running, 'kato', '加藤');
  await decides(kato, number, '登録を承認する');
  const byLead = ['--operator', '岡野', '--reason', WHY];
  const reset = await new Operator(running).types('operator', 'reset', 'kato', ...byLead);
  expect(reset).toMatchObject({ exitCode: 0 });
  await nakai.opens(`/desk/cases/${number}`);
  expect(nakai.page.text).not.toContain('加藤 さんが承認を求めています。');
  await nakai.opens(`/desk/corporations/${corporation.id}`);
  expect(nakai.page.text).toMatch(
    new RegExp(`1人目の判断の効力がなくなりました[^。]*${number}[^。]*設定をやり直したため`),
  );
});

it('tells what took back a first word', async () => {
  const { number, corporation, link } = await objected();
  await decides(nakai, number, '登録を承認する');
  const sato = running.visitor();
  await sato.opens(link);
  sato.fills('担当窓口へのご説明', 'まだ在籍しています。');
  await sato.presses('担当窓口へ送る');
  await nakai.opens(`/desk/corporations/${corporation.id}`);
  expect(nakai.page.text).toMatch(
    new RegExp(`1人目の判断の効力がなくなりました[^。]*${number}[^。]*説明が寄せられたため`),
  );
});
