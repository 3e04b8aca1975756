import { startApp } from '../../support/app.js';
import { Clerk } from '../../support/desk-clerk.js';
import { becomes, STATES } from '../../support/door-stage.js';
import { leftBehind, objectionLink, objects, takesOver } from '../../support/succession.js';

it('sends nobody to colleagues who can change nothing while the desk has a case', async () => {
  const running = await startApp();
  const clerk = await Clerk.sitsDown(running);
  const left = await leftBehind(running);
  await takesOver(running, left);
  await objects(running.visitor(), await objectionLink(running, left.sato));
  running.mailbox.refuses(left.sato.email, 550, '5.1.1 User unknown');
  const caller = running.visitor();
  await caller.opens('/password-reset');
  caller.fills('メールアドレス', left.sato.email);
  await caller.presses('送信');
  await running.mailbox.everythingIsSent();
  await clerk.searches(left.sato.loginId);
  await clerk.browser.follows(left.sato.name);
  expect(clerk.sentence).toMatch(/管理者の登録の事案（\S+）を担当窓口が判断するまで/);
  await running.stop();
});

it('sends nobody to a release that waits for the decision about a case', async () => {
  const running = await startApp();
  const clerk = await Clerk.sitsDown(running);
  const left = await leftBehind(running);
  await takesOver(running, left);
  await objects(running.visitor(), await objectionLink(running, left.sato));
  await becomes(running, left.sato, { state: STATES['frozen by the desk'] });
  await clerk.finds(left.sato.loginId, left.sato.name);
  expect(clerk.verdict).toBe('「アカウントの状態」が原因です');
  expect(clerk.sentence).toMatch(/事案（\S+）を担当窓口が判断するまで/);
  expect(clerk.page.text).toContain('事案を確認する');
  expect(clerk.page.text).not.toContain('利用を再開する');
  await running.stop();
});
