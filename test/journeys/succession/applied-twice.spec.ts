import { startApp, type RunningApp } from '../../support/app.js';
import { Clerk } from '../../support/desk-clerk.js';
import { activates, applicant, signsIn, type Applicant } from '../../support/registration.js';
import { applies, leftBehind } from '../../support/succession.js';

let running: RunningApp;
let clerk: Clerk;
beforeAll(async () => {
  running = await startApp();
  clerk = await Clerk.sitsDown(running);
});
afterAll(() => running.stop());

const linkTo = async ({ email }: Applicant) =>
  running.mailbox.linkIn(await running.mailbox.mailTo(email));

/** Applies for both, and finishes the second one. @returns the company and the link of the first */
async function appliesTwice(suzuki: Applicant, again: Applicant) {
  const { corporation } = await leftBehind(running);
  const links: string[] = [];
  for (const entered of [suzuki, again]) {
    await applies(running.visitor(), corporation, entered);
    links.push(await linkTo(entered));
  }
  await activates(running.visitor(), links[1]!);
  return { corporation, link: links[0]! };
}

it('ends the application of somebody who finished another one, and leads there', async () => {
  const suzuki = applicant('twice-1', { name: '鈴木 一郎' });
  const again = { ...suzuki, loginId: 'twice-2', name: '鈴木　一郎' };
  const { link } = await appliesTwice(suzuki, again);
  const reader = running.visitor();
  await reader.opens(link);
  expect([reader.page.status, reader.page.h1]).toEqual([410, 'お申し込みは終わっています']);
  expect(reader.page.text).toContain('別のお申し込みで、登録を完了されています');
  expect(reader.page.text).not.toContain('やり直して');
  await reader.follows('ログインへ進む');
  await signsIn(reader, again);
  expect(reader.page.path).toBe('/');

  await signsIn(running.visitor(), suzuki);
  await clerk.finds(suzuki.loginId);
  expect(clerk.page.text).toContain('別のお申し込みで登録完了');
  await clerk.browser.follows(suzuki.name);
  expect(clerk.verdict).toBe('「登録の完了」が原因です');
  expect(clerk.sentence).toContain('あとから登録したログインIDとパスワードでログインしてください');
  expect(clerk.page.text).toContain('別のお申し込みで、登録が完了しています');
  expect(clerk.page.text).not.toMatch(/期限切れ|お申し込みからやり直し/);
  const { rows } = await running.pool.query('select from desk_cases');
  expect(rows).toEqual([]);
});

it('leaves the application of a colleague behind the same mailbox', async () => {
  const suzuki = applicant('shared-1', { name: '鈴木 一郎' });
  const { link } = await appliesTwice(suzuki, {
    ...applicant('shared-2', { name: '田中 次郎' }),
    email: suzuki.email,
  });
  const reader = running.visitor();
  await reader.opens(link);
  expect(reader.page.h1).toBe('登録の確認');
});
