import { startApp, type RunningApp } from '../../support/app.js';
import { Clerk } from '../../support/desk-clerk.js';
import { office } from '../../support/invitation.js';
import { asks } from '../../support/recovery.js';

let running: RunningApp;
let clerk: Clerk;
beforeAll(async () => {
  running = await startApp();
  clerk = await Clerk.sitsDown(running);
});
afterAll(() => running.stop());

/** 斉藤 and 齋藤 read one mailbox. */
async function pair(email: string) {
  const { corporation } = await office(running);
  const at = (loginId: string, name: string) =>
    running.people.staffExists({ corporation, loginId, name, email });
  const place = corporation.corporateNumber;
  return [await at(`saito-${place}`, '斉藤 初'), await at(`saitou-${place}`, '齋藤 一')];
}

it.each<[string, boolean, string]>([
  ['that arrived', false, '相手のメールサーバーが受け取りました'],
  ['that came back', true, '届きませんでした'],
])('the page of each who shares a mailbox shows the mail for both %s', async (_, isGone, state) => {
  const email = isGone ? 'soumu@gone.example' : 'soumu@tsubame.example';
  const people = await pair(email);
  if (isGone) running.mailbox.refuses(email, 550, '5.1.1 User unknown');
  await asks(running.visitor(), email);
  await (isGone ? running.mailbox.nothingFor(email) : running.mailbox.mailTo(email));
  await running.mailbox.everythingIsSent();
  for (const { id, name } of people) {
    await clerk.browser.opens(`/desk/accounts/${id}`);
    expect([name, clerk.page.text]).toEqual([name, expect.stringContaining(state)]);
    expect(clerk.page.text).toContain('パスワード再登録のご案内');
    expect(clerk.page.text).not.toContain('お送りしたメールはありません。');
  }
});
