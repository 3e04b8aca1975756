import { startApp, type RunningApp } from '../../support/app.js';
import { Clerk } from '../../support/desk-clerk.js';
import { companyExists, deletes } from '../../support/members.js';
import { signsIn } from '../../support/registration.js';

let running: RunningApp;
let clerk: Clerk;
beforeAll(async () => {
  running = await startApp();
  clerk = await Clerk.sitsDown(running);
});
afterAll(() => running.stop());

it('is named at the door by whomever it froze, where the administrators can do nothing', async () => {
  const { sato, suzuki } = await companyExists(running);
  await clerk.finds(suzuki.loginId, suzuki.name);
  await clerk.browser.follows('利用を停止する');
  await clerk.acts('利用を停止する');
  const caller = running.visitor();
  await signsIn(caller, suzuki);
  expect(caller.page.status).toBe(403);
  expect(caller.page.text).toContain('担当窓口がこのアカウントの利用を停止しているため');
  expect(caller.page.text).toContain('ご利用の再開については、担当窓口までご連絡ください');
  expect(caller.page.text).not.toContain('管理者の方');
  const administrator = running.visitor();
  await signsIn(administrator, sato);
  await administrator.opens(`/accounts/${suzuki.id}`);
  expect(administrator.page.text).toContain('ここからは再開できません');
});

it('sends whomever the company suspended to its administrators', async () => {
  const { suzuki } = await companyExists(running);
  await running.pool.query(
    `update accounts set state = 'suspended', suspended_at = genkan_now(), suspended_by = id
     where id = $1`,
    [suzuki.id],
  );
  const caller = running.visitor();
  await signsIn(caller, suzuki);
  expect(caller.page.text).toContain('貴社の管理者の方にご連絡ください');
});

it('promises the way back where an administrator has it', async () => {
  const company = await companyExists(running);
  await deletes(running, company, company.suzuki);
  await clerk.finds(company.suzuki.loginId, company.suzuki.name);
  expect(clerk.sentence).toContain('貴社の管理者の方が元に戻せます');
  expect(clerk.page.text).toMatch(/まで、管理者の方が元に戻せます/);
});
