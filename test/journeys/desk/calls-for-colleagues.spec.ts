import { startApp, type RunningApp } from '../../support/app.js';
import { Clerk } from '../../support/desk-clerk.js';
import { listExists } from '../../support/ip-lists.js';
import { companyExists } from '../../support/members.js';
import { signsIn } from '../../support/registration.js';
import { gives, hasFactor } from '../../support/second-factor.js';
import { leftBehind } from '../../support/succession.js';

let running: RunningApp;
let clerk: Clerk;
beforeAll(async () => {
  running = await startApp();
  clerk = await Clerk.sitsDown(running);
});
afterAll(() => running.stop());

it('leads an administrator whose factor is lost to the others first', async () => {
  const { tanaka } = await companyExists(running);
  const { app } = await hasFactor(running, tanaka);
  const caller = running.visitor();
  await signsIn(caller, tanaka);
  await gives(caller, await app.wrongCode());
  await clerk.searches(tanaka.email);
  await clerk.browser.follows(tanaka.name);
  expect(clerk.verdict).toBe('「2段階認証」が原因です');
  expect(clerk.sentence).toContain('貴社のほかの管理者の方が「担当者情報変更」のページですぐに');
});

it('leads to a colleague whom the list of addresses admits', async () => {
  const { corporation, sato, tanaka } = await companyExists(running);
  await listExists(running, corporation, ['198.51.100.0/24'], { author: tanaka });
  await running.pool.query(
    'update ip_versions set confirmed_by = $1 where corporation_id = $2 and confirmed_at is not null',
    [tanaka.id, corporation.id],
  );
  await signsIn(running.visitor(), sato);
  await clerk.searches(sato.loginId);
  await clerk.browser.follows(sato.name);
  expect(clerk.sentence).toContain('ログインできるほかの管理者の方に、このアドレスの追加を');
});

it('sends the only administrator, whose mailbox is gone, to no others', async () => {
  const { sato } = await leftBehind(running);
  running.mailbox.refuses(sato.email, 550, '5.1.1 User unknown');
  const caller = running.visitor();
  await caller.opens('/password-reset');
  caller.fills('メールアドレス', sato.email);
  await caller.presses('送信');
  await running.mailbox.everythingIsSent();
  await clerk.finds(sato.loginId, sato.name);
  expect(clerk.sentence).toContain('分からないときは、管理者の追加登録をお願いします。');
  expect(clerk.sentence).not.toContain('ほかの管理者');
});
