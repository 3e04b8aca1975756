import { startApp, type RunningApp } from '../../support/app.js';
import { Clerk } from '../../support/desk-clerk.js';
import { listExists } from '../../support/ip-lists.js';
import { companyExists } from '../../support/members.js';
import { signsIn } from '../../support/registration.js';
import { gives, hasFactor } from '../../support/second-factor.js';
import { leftBehind, objectionLink, objects, takesOver } from '../../support/succession.js';

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

it('sends nobody to colleagues who can change nothing while the desk has a case', async () => {
  const left = await leftBehind(running);
  await takesOver(running, left);
  await objects(running.visitor(), await objectionLink(running, left.sato));
  running.mailbox.refuses(left.sato.email, 550, '5.1.1 User unknown');
  const caller = running.visitor();
  await caller.opens('/password-reset');
  caller.fills('メールアドレス', left.sato.email);
  await caller.presses('送信');
  await running.mailbox.nothingFor(left.sato.email);
  await clerk.searches(left.sato.loginId);
  await clerk.browser.follows(left.sato.name);
  expect(clerk.sentence).toMatch(/管理者の登録の事案（\S+）を担当窓口が判断するまで/);
});
