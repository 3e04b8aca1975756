import { startApp, type RunningApp } from '../../support/app.js';
import type { Visitor } from '../../support/browser.js';
import { decides, deskCases } from '../../support/desk-case.js';
import { Clerk, WHY } from '../../support/desk-clerk.js';
import { beginsRemoval, objectsToRemoval, smallCompany } from '../../support/lost-factor.js';
import type { Member } from '../../support/people.js';
import { signsIn } from '../../support/registration.js';
import { gives, hasFactor, type AuthenticatorApp } from '../../support/second-factor.js';
import { leftBehind, objectionLink, objects, takesOver } from '../../support/succession.js';

let running: RunningApp;
let clerk: Clerk;
beforeAll(async () => {
  running = await startApp();
  clerk = await Clerk.sitsDown(running);
});
afterAll(() => running.stop());

async function failsAtTheCode(member: Member, app: AuthenticatorApp): Promise<Visitor> {
  const caller = running.visitor();
  await signsIn(caller, member);
  await gives(caller, await app.wrongCode());
  return caller;
}

it('leads to the case that the desk has already, where the person cannot begin anew', async () => {
  const company = await smallCompany(running);
  await beginsRemoval(running, company);
  await objectsToRemoval(running, company);
  await failsAtTheCode(company.sato, company.equipped.app);
  const { number } = (await deskCases(running, company.corporation)).at(-1)!;
  await clerk.finds(company.sato.loginId, company.sato.name);
  expect(clerk.verdict).toBe('「2段階認証」が原因です');
  expect(clerk.sentence).toContain(`2段階認証の紛失は、事案（${number}）で承っています。`);
  expect(clerk.page.text).not.toContain('2段階認証の紛失を受け付ける');
  await clerk.browser.follows('事案を開く', 'ご本人を確認してお伝えください');
  await decides(clerk.browser, number, '2段階認証の解除を始める');
  expect(clerk.page.text).toContain('中井 さんが2段階認証の解除を求めています。');
});

it('takes a loss down where somebody objected and the case of it was closed', async () => {
  const company = await smallCompany(running);
  await beginsRemoval(running, company);
  await objectsToRemoval(running, company);
  await failsAtTheCode(company.sato, company.equipped.app);
  const { number } = (await deskCases(running, company.corporation)).at(-1)!;
  await clerk.browser.opens(`/desk/cases/${number}`);
  clerk.browser.fills('完了の理由', WHY);
  await clerk.browser.presses('完了にする');
  await clerk.finds(company.sato.loginId, company.sato.name);
  expect(clerk.sentence).toContain('前回の解除には異議の申し立てがあったため');
});

it('takes a loss down where a case keeps the colleagues from helping', async () => {
  const left = await leftBehind(running, 1);
  const { app } = await hasFactor(running, left.sato);
  await takesOver(running, left);
  await objects(running.visitor(), await objectionLink(running, left.sato));
  const { number } = (await deskCases(running, left.corporation))[0]!;
  await failsAtTheCode(left.sato, app);
  await clerk.finds(left.sato.loginId, left.sato.name);
  expect(clerk.sentence).toContain(`管理者の登録の事案（${number}）を担当窓口が判断するまで`);
  await clerk.browser.follows('2段階認証の紛失を受け付ける', 'ご本人を確認してお伝えください');
  clerk.browser.fills('理由', WHY);
  await clerk.browser.presses('事案を作る');
  const lost = (await deskCases(running, left.corporation)).find(
    ({ kind }) => kind === 'lost-factor',
  );
  await clerk.finds(left.sato.loginId, left.sato.name);
  expect(clerk.sentence).toContain(`事案（${lost!.number}）で承っています。`);
});
