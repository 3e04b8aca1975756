import { startApp, type RunningApp } from '../../support/app.js';
import { Operator } from '../../support/command.js';
import { Clerk, WHY } from '../../support/desk-clerk.js';
import { linesOf, saidIn } from '../../support/log.js';
import { companyExists, signedIn, type Company } from '../../support/members.js';
import { applicant, registers, signsIn } from '../../support/registration.js';

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

it('tells people of a mail that the desk sent them, with the reason', async () => {
  await acts('send-recovery', '再登録のメールを送る');
  const suzuki = await signedIn(running, company.suzuki);
  await suzuki.opens('/me/log');
  const said = linesOf(suzuki).map(({ what }) => what);
  expect(said).toContain(`${company.suzuki.name} 様にメールを再送しました 担当窓口 理由：${WHY}`);
});

it('finds by a name what happened to the person by itself, which is nothing that they did', async () => {
  const { corporation, suzuki, sato } = company;
  await running.pool.query(
    `insert into audit_entries (corporation_id, act, reason, facts)
     values ($1, 'mail-delivery', 'mail-returned', $2)`,
    [corporation.id, { target: suzuki.id }],
  );
  const told = `${suzuki.name} 様にメールを届けようとしました`;
  const administrator = await signedIn(running, sato);
  expect(await saidIn(administrator, { who: '鈴木', what: 'mail' })).toEqual([told]);
  await administrator.presses('NDJSONをダウンロード');
  expect(administrator.page.html).toContain(told);
  expect(await saidIn(administrator, { who: sato.loginId, what: 'mail' })).toEqual([]);
  expect(await saidIn(await signedIn(running, suzuki), {}, '/me/log')).not.toContain(told);
});

it('tells of a mail of registration that the desk sends as the act of the desk alone', async () => {
  const corporation = await running.people.corporationExists({
    corporateNumber: '5200001',
    name: '青葉商事株式会社',
  });
  const ueda = applicant('ueda-1', { name: '上田 髙志' });
  const caller = running.visitor();
  await registers(caller, corporation, ueda);
  await clerk.finds(ueda.email, ueda.name);
  await clerk.helps('登録完了のメールを再送する');
  const rows = async () => {
    const { rows: found } = await running.pool.query<{ act: string; operator: string | null }>(
      `select act, facts ->> 'operator' as operator from audit_entries
       where corporation_id = $1 and act in ('desk-mail', 'activation-mail') order by id`,
      [corporation.id],
    );
    return found;
  };
  expect(await rows()).toEqual([{ act: 'desk-mail', operator: '中井' }]);
});
