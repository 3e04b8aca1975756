import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { Operator } from '../../support/command.js';
import { WHY } from '../../support/desk-clerk.js';
import { atDesk, deskCases, historyOf } from '../../support/desk-case.js';
import { companyExists, deletes } from '../../support/members.js';
import { hasFactor } from '../../support/second-factor.js';

let running: RunningApp;
let ueda: Visitor;
beforeAll(async () => {
  running = await startApp();
  ueda = await atDesk(running, 'ueda', '上田');
});
afterAll(() => running.stop());

/** The desk has a case about the lost factor of 鈴木. */
async function caseIsOpen() {
  const company = await companyExists(running);
  await hasFactor(running, company.suzuki);
  await ueda.opens(`/desk/cases/new?account=${company.suzuki.id}`);
  ueda.fills('理由', WHY);
  await ueda.presses('事案を作る');
  const { number } = (await deskCases(running, company.corporation))[0]!;
  return { ...company, number };
}

async function historyAt(number: string): Promise<string[]> {
  await ueda.opens(`/desk/cases/${number}`);
  return historyOf(ueda);
}

async function isErased({ loginId }: { loginId: string }): Promise<void> {
  const by = ['--operator', '上田', '--reason', WHY];
  const erased = await new Operator(running).types('account', 'erase', loginId, ...by);
  expect(erased).toMatchObject({ exitCode: 0, err: '' });
}

it('says in a case that the company ended it by deleting the person', async () => {
  const company = await caseIsOpen();
  await deletes(running, company, company.suzuki);
  expect(await historyAt(company.number)).toEqual([
    expect.stringMatching(/自動処理 状態 完了 利用者が削除されたため$/),
  ]);
});

it('says in a case that the person has another factor, or none, by now', async () => {
  const { number, suzuki } = await caseIsOpen();
  await running.pool.query('update accounts set second_factor_since = null where id = $1', [
    suzuki.id,
  ]);
  expect(await historyAt(number)).toEqual([
    expect.stringMatching(/自動処理 状態 完了 2段階認証が変更または解除されたため$/),
  ]);
});

it('has one entry of whoever erased the person, also in a case that was opened again', async () => {
  const company = await caseIsOpen();
  const { number, suzuki } = company;
  await deletes(running, company, suzuki);
  await ueda.opens(`/desk/cases/${number}`);
  ueda.fills('再開の理由', WHY);
  await ueda.presses('対応を再開する');
  await isErased(suzuki);
  expect(await historyAt(number)).toEqual([
    expect.stringMatching(new RegExp(`上田 さん： 状態 完了 ${WHY}$`)),
    expect.stringContaining('上田 さん： 状態 新規'),
    expect.stringContaining('利用者が削除されたため'),
  ]);
});

it('opens no case again about somebody who is erased', async () => {
  const { number, suzuki, corporation } = await caseIsOpen();
  await ueda.opens(`/desk/cases/${number}`);
  ueda.fills('完了の理由', WHY);
  await ueda.presses('完了にする');
  ueda.fills('再開の理由', WHY);
  await isErased(suzuki);
  await ueda.presses('対応を再開する');
  expect(ueda.page.notice).toContain(
    `事案 ${number} は、利用者の個人情報が消去されているため、再開できません。`,
  );
  expect(ueda.page.text).not.toContain('対応を再開する');
  expect(await deskCases(running, corporation)).toMatchObject([{ state: 'done' }]);
});
