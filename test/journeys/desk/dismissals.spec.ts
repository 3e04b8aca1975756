import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { pressesAtDesk } from '../../support/desk.js';
import { atDesk } from '../../support/desk-case.js';
import { WHY } from '../../support/desk-clerk.js';
import { onlyCase } from '../../support/desk-people.js';
import {
  applies,
  leftBehind,
  objectionLink,
  objects,
  takesOver,
  type LeftBehind,
} from '../../support/succession.js';

let running: RunningApp;
let nakai: Visitor;
beforeAll(async () => {
  running = await startApp();
  nakai = await atDesk(running, 'nakai', '中井');
});
afterAll(() => running.stop());

const unproved = ({ corporation, suzuki }: LeftBehind) =>
  applies(running.visitor(), corporation, suzuki);

const proved = (left: LeftBehind) => takesOver(running, left);

async function objected(left: LeftBehind): Promise<void> {
  await proved(left);
  await objects(running.visitor(), await objectionLink(running, left.sato));
}

it.each([
  ['nobody proved the mailbox', unproved, false],
  ['somebody objected', objected, false],
  ['the mailbox is proved, and nobody objected', proved, true],
] as const)('whom the desk sends away where %s', async (_, comes, takesTwo) => {
  const left = await leftBehind(running);
  await comes(left);
  const { number } = await onlyCase(running, left);
  await nakai.opens(`/desk/cases/new?enrollment=${number}`);
  if (nakai.page.path.startsWith('/desk/cases/new')) {
    nakai.fills('理由', WHY);
    await nakai.presses('事案を作る');
  }
  await nakai.follows('登録を取り消す');
  expect(nakai.page.text.includes('2人の判断が必要です。')).toBe(takesTwo);
  nakai.fills('理由', WHY);
  await pressesAtDesk(nakai, '登録を取り消す');
  expect(nakai.page.notice).toContain(takesTwo ? '1人目の判断を記録' : '登録を取り消しました');
  const { state } = await onlyCase(running, left);
  expect(state === 'refused').toBe(!takesTwo);
});
