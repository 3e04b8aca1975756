import { RefusedRequests } from '../../../src/audit/refused-requests.js';
import { startApp, type RunningApp } from '../../support/app.js';
import { Clerk } from '../../support/desk-clerk.js';
import { companyExists } from '../../support/members.js';
import { signsIn } from '../../support/registration.js';
import { asks, entersNumbers, linkTo } from '../../support/recovery.js';

let running: RunningApp;
let clerk: Clerk;
beforeAll(async () => {
  running = await startApp();
  clerk = await Clerk.sitsDown(running);
});
afterAll(() => running.stop());

it('finds whoever typed five wrong pairs by the number of the page, and names no dead link', async () => {
  const { corporation, suzuki } = await companyExists(running);
  const caller = running.visitor();
  await caller.opens('/password-reset');
  caller.fills('メールアドレス', suzuki.email);
  await caller.presses('送信');
  await caller.opens(running.mailbox.linkIn(await running.mailbox.mailTo(suzuki.email)));
  await clerk.finds(suzuki.loginId, suzuki.name);
  expect(clerk.page.text).toContain('まで有効');
  const types = async (time: number) => {
    caller.fills('法人番号', `2000020${time}`);
    caller.fills('お振込先口座番号', corporation.transferAccounts[0]!);
    await caller.presses('確認');
  };
  for (const time of [0, 1]) await types(time);
  await clerk.browser.reloads();
  expect(clerk.page.text).toMatch(/まで有効。確認できない番号の入力が2回ありました/);
  expect(clerk.sentence).toMatch(/^再登録で、確認できない番号の入力が2回.*日.*までに入力して/);
  for (const time of [2, 3, 4, 5]) await types(time);
  expect(caller.page.text).toContain('確認できない番号の入力が5回続いた');
  await running.app.get(RefusedRequests).write();
  await clerk.searches(caller.page.facts.リクエスト番号!);
  expect(clerk.page.text).toContain(suzuki.name);
  await clerk.finds(suzuki.loginId, suzuki.name);
  expect(clerk.page.text).not.toContain('まで有効');
  expect(clerk.page.text).toContain('入力が5回続いたため、お手続きは終了しています');
  expect(clerk.sentence).toContain('ご請求書の法人番号とお振込先口座番号をご確認のうえ');
  await clerk.helps('再登録のメールを送る');
  await clerk.browser.opens(`/desk/accounts/${suzuki.id}`);
  expect(clerk.page.text).toContain('まで有効');
});

it('says in the log that colleagues share the mailbox, and nothing of another company', async () => {
  const { corporation, sato, suzuki } = await companyExists(running);
  const { email } = suzuki;
  const tanaka = { loginId: 'tanaka-shared', name: '田中 次郎', email };
  await running.people.staffExists({ corporation, ...tanaka });
  const other = await companyExists(running);
  const elsewhere = { loginId: 'ueda-shared', name: '上田 三郎', email };
  const ueda = await running.people.staffExists({ corporation: other.corporation, ...elsewhere });
  const caller = running.visitor();
  await asks(caller, email);
  await caller.opens(await linkTo(running, email));
  const wrong = { corporateNumber: '9999999', transferAccounts: ['0000000'] };
  for (let time = 0; time < 6; time += 1) await entersNumbers(caller, wrong);
  const linesOf = async (reader: typeof sato, name: string) => {
    const person = running.visitor();
    await signsIn(person, reader);
    const { text } = await person.opens('/log');
    return [text.includes(name), text.match(/メールアドレスを共有している方のうち/g)?.length ?? 0];
  };
  expect(await linesOf(sato, tanaka.name)).toEqual([true, 2]);
  expect(await linesOf(other.sato, ueda.name)).toEqual([true, 0]);
});
