import { startApp, type RunningApp } from '../../support/app.js';
import { Clerk } from '../../support/desk-clerk.js';
import { becomes, STATES } from '../../support/door-stage.js';
import { listExists } from '../../support/ip-lists.js';
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

/** Each check by its title, with what the page says of it. */
const answers = () =>
  Object.fromEntries(
    clerk.page.root
      .querySelectorAll('.gk-diagnosis__checks li')
      .map((line) => [
        line.querySelector('.gk-diagnosis__check')!.text,
        line.querySelector('.gk-chip')!.text,
      ]),
  );

it('says of everything that stops somebody that it does, and of what lasts first', async () => {
  const { corporation, suzuki } = await companyExists(running);
  await signsIn(running.visitor(), suzuki);
  await listExists(running, corporation, ['198.51.100.0/24']);
  await becomes(running, suzuki, { state: STATES['frozen by the desk'], isWaiting: true });
  await clerk.finds(suzuki.loginId, suzuki.name);
  clerk.browser.fills('別の接続元で確かめる', '203.0.113.9');
  await clerk.browser.presses('確かめる');
  expect(clerk.verdict).toBe('「アカウントの状態」が原因です');
  expect(clerk.page.content('.gk-diagnosis__also').text).toContain(
    'ほかにも原因があります：「待ち時間」「IPアドレス制限」',
  );
  expect(clerk.sentence).toContain('担当窓口がアカウントの利用を停止しています');
  expect(answers()).toMatchObject({
    待ち時間: 'これも原因です',
    アカウントの状態: 'ここが原因です',
    IPアドレス制限: 'これも原因です',
  });
});

it('says of a closed company that its people are stopped, too', async () => {
  const { corporation, suzuki } = await companyExists(running);
  await becomes(running, suzuki, { state: STATES['suspended by the company'] });
  const closes = `update corporations set state = 'closed' where id = $1`;
  await running.pool.query(closes, [corporation.id]);
  await clerk.finds(suzuki.loginId, suzuki.name);
  expect(answers()).toMatchObject({
    法人のご契約: 'ここが原因です',
    アカウントの状態: 'これも原因です',
  });
});

it('names the wait after wrong codes as what it is', async () => {
  const { suzuki } = await companyExists(running);
  const { app } = await hasFactor(running, suzuki);
  for (let failure = 0; failure < 8; failure += 1) {
    const caller = running.visitor();
    await signsIn(caller, suzuki);
    await gives(caller, await app.wrongCode());
  }
  await clerk.finds(suzuki.loginId, suzuki.name);
  expect(clerk.verdict).toBe('「待ち時間」が原因です');
  expect(clerk.page.text).toContain('確認コードの失敗が続いたため');
});
