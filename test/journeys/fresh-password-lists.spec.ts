import { startApp, type RunningApp } from '../support/app.js';
import { invites, invited, office } from '../support/invitation.js';
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
  expect(person.page.facts).toMatchObject({ 続ける操作: '利用者の削除', 操作の対象: '2名' });
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

it('names which act goes on, and whom it is about', async () => {
  const { person } = await office(running);
  await invites(person, invited('nakamura-c9@example.jp', { name: '中村 次郎' }));
  await person.opens('/accounts/invitations');
  await running.clock.advance('5 minutes');
  for (const [button, words] of [
    ['中村 次郎 様の招待を取り消す', '招待の取り消し'],
    ['中村 次郎 様へ再送する', '招待のメールの再送'],
  ] as const) {
    await person.opens('/accounts/invitations');
    await person.presses(button);
    expect(person.page.facts).toMatchObject({ 続ける操作: words, 操作の対象: '中村 次郎 様' });
  }
});

it('names nobody of another company', async () => {
  const { tanaka, sato } = await companyExists(running);
  const other = await companyExists(running);
  const person = await signedIn(running, sato);
  await running.clock.advance('5 minutes');
  const asked = async (id: string) =>
    (await person.sends('POST', `/accounts/${id}/suspension`, { fields: { act: 'suspend' } })).text;
  expect(await asked(tanaka.id)).toContain('田中 健 様');
  expect(await asked(other.tanaka.id)).not.toContain('田中 健 様');
});
