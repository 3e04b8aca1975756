import { startApp, type RunningApp } from '../../support/app.js';
import { Operator } from '../../support/command.js';
import { Clerk, WHY } from '../../support/desk-clerk.js';
import { companyExists, type Company } from '../../support/members.js';
import { signsIn } from '../../support/registration.js';

let running: RunningApp;
let clerk: Clerk;
let company: Company;
beforeAll(async () => {
  running = await startApp();
  clerk = await Clerk.sitsDown(running);
  company = await companyExists(running);
});
afterAll(() => running.stop());

async function acts(act: string, button: string): Promise<void> {
  await clerk.browser.opens(`/desk/accounts/${company.suzuki.id}/acts/${act}`);
  await clerk.acts(button);
}

it('tells people at their own log what the desk did to them, and administrators who search for them', async () => {
  await acts('freeze', '利用を停止する');
  await acts('release', '利用を再開する');
  const suzuki = running.visitor();
  await signsIn(suzuki, company.suzuki);
  await suzuki.opens('/me/log');
  const { text } = suzuki.page;
  expect(text).toMatch(/利用を再開しました 担当窓口[\s\S]*利用を停止しました 担当窓口/);
  expect(text).toContain(WHY);
  expect(text).not.toMatch(/中井|ご利用の状況を確認/);
  await suzuki.opens('/me/log?what=people');
  expect(suzuki.page.text).toContain('利用を停止しました');
  const sato = running.visitor();
  await signsIn(sato, company.sato);
  await sato.opens('/me/log');
  expect(sato.page.text).not.toContain('利用を停止しました');
  await sato.opens(`/log?who=${company.suzuki.loginId}`);
  expect(sato.page.text).toContain('利用を停止しました');
  await sato.opens(`/log?who=${company.sato.loginId}`);
  expect(sato.page.text).not.toContain('利用を停止しました');
});

it('tells refused acts of the desk as what they are, with whom they were about', async () => {
  const { loginId, id } = company.suzuki;
  const operator = new Operator(running);
  const by = ['--reason', WHY, '--operator', '中井'];
  const refused = await operator.types('account', 'remove-factor', loginId, ...by);
  expect(refused.exitCode).toBe(1);
  await running.pool.query(
    `insert into audit_entries (corporation_id, act, reason, facts)
     values ($1, 'account-erasure', 'desk-decides', $2)`,
    [company.corporation.id, { target: id, operator: '中井', why: WHY }],
  );
  const sato = running.visitor();
  await signsIn(sato, company.sato);
  await sato.opens(`/log?who=${loginId}`);
  const name = company.suzuki.name;
  expect(sato.page.text).toContain(`${name} 様の2段階認証の解除のお手続きを始めようとしました`);
  expect(sato.page.text).toContain(`${name} 様を削除し、個人情報を消去しようとしました`);
  expect(sato.page.text).not.toContain('消去しました');
});
