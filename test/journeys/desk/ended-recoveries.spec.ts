import { RefusedRequests } from '../../../src/audit/refused-requests.js';
import { startApp, type RunningApp } from '../../support/app.js';
import { Clerk } from '../../support/desk-clerk.js';
import { companyExists } from '../../support/members.js';

let running: RunningApp;
let clerk: Clerk;
beforeAll(async () => {
  running = await startApp();
  clerk = await Clerk.sitsDown(running);
});
afterAll(() => running.stop());

it('finds whoever typed five wrong pairs by the number of the page, and names no dead link', async () => {
  const { corporation, suzuki } = await companyExists(running);
  const caller = running.visitor();
  await caller.opens('/password-reset');
  caller.fills('メールアドレス', suzuki.email);
  await caller.presses('送信');
  await caller.opens(running.mailbox.linkIn(await running.mailbox.mailTo(suzuki.email)));
  await clerk.finds(suzuki.loginId, suzuki.name);
  expect(clerk.page.text).toContain('まで有効');
  for (let time = 0; time < 6; time += 1) {
    caller.fills('法人番号', `2000020${time}`);
    caller.fills('お振込先口座番号', corporation.transferAccounts[0]!);
    await caller.presses('確認');
  }
  expect(caller.page.text).toContain('確認できない番号の入力が5回続いた');
  await running.app.get(RefusedRequests).write();
  await clerk.searches(caller.page.facts.リクエスト番号!);
  expect(clerk.page.text).toContain(suzuki.name);
  await clerk.finds(suzuki.loginId, suzuki.name);
  expect(clerk.page.text).not.toContain('まで有効');
  expect(clerk.page.text).toContain('入力が5回続いたため、お手続きは終了しています');
  expect(clerk.sentence).toContain('ご請求書の法人番号とお振込先口座番号をご確認のうえ');
  await clerk.helps('再登録のメールを送る');
  await clerk.browser.opens(`/desk/accounts/${suzuki.id}`);
  expect(clerk.page.text).toContain('まで有効');
});
