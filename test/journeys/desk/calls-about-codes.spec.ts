import { startApp, type RunningApp } from '../../support/app.js';
import { Clerk, WHY } from '../../support/desk-clerk.js';
import { isOnTrial, listExists } from '../../support/ip-lists.js';
import { companyExists } from '../../support/members.js';
import { signsIn } from '../../support/registration.js';
import { gives, hasFactor } from '../../support/second-factor.js';

let running: RunningApp;
let clerk: Clerk;
beforeAll(async () => {
  running = await startApp();
  clerk = await Clerk.sitsDown(running);
});
afterAll(() => running.stop());

it('counts wrong codes, and says what helps whoever has the app', async () => {
  const { suzuki } = await companyExists(running);
  const { app } = await hasFactor(running, suzuki);
  const caller = running.visitor();
  await signsIn(caller, suzuki);
  await clerk.finds(suzuki.loginId, suzuki.name);
  expect(clerk.sentence).toContain('パスワードのあとに確認コードが必要です。');
  for (let time = 0; time < 2; time += 1) await gives(caller, await app.wrongCode());
  await clerk.browser.reloads();
  expect(clerk.verdict).toBe('「2段階認証」が原因です');
  expect(clerk.page.text).toMatch(/確認コードを2回間違えています（最後は.+、[\d.]+）/);
  expect(clerk.sentence).toMatch(/スマートフォンの時刻.+当サイトの項目.+リカバリーコード/);
  expect(clerk.sentence).toContain('貴社の管理者の方に解除をご依頼ください');
  await gives(caller, await app.nextCode());
  await clerk.browser.reloads();
  expect(clerk.verdict).toBe('ログインを妨げるものはありません');
  expect(clerk.page.text).not.toContain('間違えています');
});

it('speaks of the page of a trial to nobody who did not come to it', async () => {
  const { corporation, sato, tanaka } = await companyExists(running);
  const { app } = await hasFactor(running, sato);
  await isOnTrial(
    running,
    await listExists(running, corporation, ['198.51.100.0/24'], { author: tanaka }),
  );
  const caller = running.visitor();
  await signsIn(caller, sato);
  await gives(caller, await app.wrongCode());
  await clerk.finds(sato.loginId, sato.name);
  expect(clerk.page.text).toMatch(/「IPアドレス制限」が原因です[^]+「2段階認証」/);
  expect(clerk.sentence).not.toContain('エラーのページ');
  expect(clerk.sentence).toContain('スマートフォンの時刻');
  await gives(caller, await app.nextCode());
  expect(caller.page.h1).toBe('アクセス制限エラー');
  await clerk.browser.reloads();
  expect(clerk.sentence).toContain('エラーのページで「試行を今すぐ終了する」');
  expect(clerk.sentence).not.toContain('スマートフォンの時刻');
});

it('says of somebody who never signed in that no password was wrong, and of no last sign-in', async () => {
  const { suzuki } = await companyExists(running);
  await running.pool.query('update accounts set last_sign_in_at = null where id = $1', [suzuki.id]);
  await clerk.finds(suzuki.loginId, suzuki.name);
  expect(clerk.page.text).toContain('パスワードの間違いはありません。');
  expect(clerk.page.text).not.toContain('前回のログインのあと');
});

it('says that a wait is over which ended meanwhile', async () => {
  const { suzuki } = await companyExists(running);
  const caller = running.visitor();
  for (let failure = 0; failure < 7; failure += 1)
    await signsIn(caller, { ...suzuki, password: `wrong-${failure}` });
  await clerk.finds(suzuki.loginId, suzuki.name);
  await clerk.browser.follows('待ち時間を終える', 'ご本人を確認してお伝えください');
  clerk.browser.fills('理由', WHY);
  await running.clock.advance('10 minutes');
  await clerk.confirms();
  const path = `/desk/accounts/${suzuki.id}/acts/end-waits`;
  await clerk.browser.sends('POST', path, { fields: { why: WHY } });
  await clerk.browser.opens(path);
  expect(clerk.page.path).toBe(`/desk/accounts/${suzuki.id}`);
  expect(clerk.page.notice).toContain('待ち時間は、すでに終わっています');
});
