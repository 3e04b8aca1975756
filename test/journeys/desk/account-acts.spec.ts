import { startApp, type RunningApp } from '../../support/app.js';
import { Clerk, WHY } from '../../support/desk-clerk.js';
import { companyExists } from '../../support/members.js';

let running: RunningApp;
let clerk: Clerk;
beforeAll(async () => {
  running = await startApp();
  clerk = await Clerk.sitsDown(running);
});
afterAll(() => running.stop());

it('acts on nobody in a state for which the page offers no such act', async () => {
  const { corporation, suzuki } = await companyExists(running);
  const refused = async (act: string) => {
    const path = `/desk/accounts/${suzuki.id}/acts/${act}`;
    const { status, text } = await clerk.browser.sends('POST', path, { fields: { why: WHY } });
    expect([act, status]).toEqual([act, 422]);
    expect(text).toContain('現在の状態では、この操作はできません。');
    await clerk.browser.opens(path);
    expect(clerk.page.path).toBe(`/desk/accounts/${suzuki.id}`);
    expect(clerk.page.notice).toContain('選ばれた操作はできません。');
  };
  for (const act of ['release', 'send-activation', 'end-sessions']) await refused(act);
  await clerk.browser.opens(`/desk/accounts/${suzuki.id}/acts/freeze`);
  await clerk.acts('利用を停止する');
  await refused('freeze');
  const recent = clerk.page.content('.gk-table--log').text;
  expect(recent).toContain('利用を停止しました');
  for (const said of ['中井', WHY]) expect(recent).toContain(said);
  const { rows } = await running.pool.query<{ act: string }>(
    `select act from audit_entries where corporation_id = $1 and facts ? 'operator' order by act`,
    [corporation.id],
  );
  expect(rows).toEqual([{ act: 'account-suspension' }, { act: 'account-view' }]);
});

it('acts on the person of the page, whoever has the login ID by now', async () => {
  const { suzuki, tanaka } = await companyExists(running);
  const states = async () => {
    const { rows } = await running.pool.query<{ state: string }>(
      'select state from accounts where id = any($1) order by id <> $2',
      [[suzuki.id, tanaka.id], suzuki.id],
    );
    return rows.map(({ state }) => state);
  };
  const key = `update accounts set login_id_key = $2 where id = $1`;
  await running.pool.query(key, [suzuki.id, `?${suzuki.id}`]);
  await running.pool.query(key, [tanaka.id, suzuki.loginId]);
  await clerk.browser.opens(`/desk/accounts/${suzuki.id}/acts/freeze`);
  expect(clerk.page.facts).toMatchObject({ ログインID: suzuki.loginId });
  await clerk.acts('利用を停止する');
  expect(await states()).toEqual(['suspended', 'active']);
});

it('leaves the last administrator alone, unless the account was stolen', async () => {
  const { sato, tanaka } = await companyExists(running);
  for (const { id } of [sato, tanaka]) {
    await clerk.browser.opens(`/desk/accounts/${id}/acts/freeze`);
    await clerk.acts('利用を停止する');
  }
  expect(clerk.page.status).toBe(422);
  expect(clerk.page.errors[0]).toContain('ログインできる管理者がいなくなります');
  clerk.browser.checks('管理者がいなくなっても、ただちに停止する');
  await clerk.browser.presses('English');
  await clerk.browser.presses('日本語');
  await clerk.browser.presses('利用を停止する');
  expect(clerk.page.notice).toContain('田中 健 様の利用を停止しました。');
});
