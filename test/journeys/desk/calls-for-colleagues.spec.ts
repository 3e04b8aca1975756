import { startApp, type RunningApp } from '../../support/app.js';
import { Clerk } from '../../support/desk-clerk.js';
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

it('leads an administrator whose factor is lost to the others first', async () => {
  const { sato, tanaka } = await companyExists(running);
  const { app } = await hasFactor(running, tanaka);
  const caller = running.visitor();
  await signsIn(caller, tanaka);
  await gives(caller, await app.wrongCode());
  await clerk.searches(tanaka.email);
  await clerk.browser.follows(tanaka.name);
  expect(clerk.verdict).toBe('「2段階認証」が原因です');
  expect(clerk.sentence).toContain(
    'ほかの管理者の方に解除をご依頼ください。その方がご自分の2段階認証を',
  );
  const who = () => clerk.page.content('[aria-labelledby=administrators]').text;
  await clerk.browser.follows('管理者の方を確認する');
  expect(who()).toMatch(/田中.*2段階認証：設定済み[^]*佐藤.*2段階認証：未設定/);
  await hasFactor(running, sato);
  await clerk.finds(tanaka.email, tanaka.name);
  expect(clerk.sentence).toContain(
    '2段階認証を設定済みの方なら、「担当者情報変更」のページですぐに',
  );
  await clerk.browser.follows('管理者の方を確認する');
  expect(who()).toMatch(/佐藤.*2段階認証：設定済み/);
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

it('leads an administrator to the end of a trial, where the former list admits the place', async () => {
  const { corporation, sato, tanaka } = await companyExists(running);
  const version = await listExists(running, corporation, ['198.51.100.0/24'], { author: sato });
  await isOnTrial(running, version);
  await signsIn(running.visitor(), tanaka);
  await clerk.finds(tanaka.loginId, tanaka.name);
  expect(clerk.sentence).toContain('エラーのページで「試行を今すぐ終了する」を選ぶと');
  expect(clerk.page.text).toContain('試行の終了をご案内する');
  const former = await listExists(running, corporation, ['192.0.2.0/24'], { author: sato });
  const follow = 'update ip_versions set follows = $2, number = number + 2 where id = $1';
  await running.pool.query(follow, [version, former]);
  await clerk.browser.reloads();
  expect(clerk.page.text).toContain('試行の終了をお待ちいただく');
});
