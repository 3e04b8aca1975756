import { startApp, type RunningApp } from '../support/app.js';
import { chooses, companyExists, signedIn } from '../support/members.js';

let running: RunningApp;
beforeAll(async () => {
  running = await startApp();
});
afterAll(() => running.stop());

it('a form with several values of one name goes on with all of them', async () => {
  const { sato, tanaka, suzuki } = await companyExists(running);
  const person = await signedIn(running, sato);
  await chooses(person, tanaka, suzuki);
  await running.clock.advance('5 minutes');
  await person.presses('削除');
  expect(person.page.h1).toBe('パスワードの確認');
  const kept = person.page.root.querySelectorAll('main input[name=accountId]');
  expect(kept.map((field) => field.getAttribute('value')).sort()).toEqual(
    [tanaka.id, suzuki.id].sort(),
  );
  person.fills('現在のパスワード', 'wrong-2026-password');
  await person.presses('操作を続ける');
  expect(person.page.status).toBe(422);
  person.fills('現在のパスワード', sato.password);
  await person.presses('操作を続ける');
  expect(person.page.path).toContain('/accounts/deletion/completed');
  const { rows } = await running.pool.query<{ id: string }>(
    `select id from accounts where state = 'deleted'`,
  );
  expect(rows.map(({ id }) => id).sort()).toEqual([tanaka.id, suzuki.id].sort());
});
