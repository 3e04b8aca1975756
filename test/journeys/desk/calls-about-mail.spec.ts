import { startApp, type RunningApp } from '../../support/app.js';
import { Clerk } from '../../support/desk-clerk.js';
import { listExists } from '../../support/ip-lists.js';
import { companyExists } from '../../support/members.js';
import type { Member } from '../../support/people.js';
import { applicant, registers, signsIn, type Applicant } from '../../support/registration.js';

let running: RunningApp;
let clerk: Clerk;
let companies = 0;
beforeAll(async () => {
  running = await startApp();
  clerk = await Clerk.sitsDown(running);
});
afterAll(() => running.stop());

/** Somebody applies, and the mail is sent, or comes back. */
async function registered(given: Partial<Applicant> = {}): Promise<Applicant> {
  companies += 1;
  const corporation = await running.people.corporationExists({
    corporateNumber: String(5_200_000 + companies),
    name: 'もず商事株式会社',
  });
  const entered = applicant(`mozu-${companies}`, given);
  await registers(running.visitor(), corporation, entered);
  await running.mailbox.everythingIsSent();
  return entered;
}

async function asksForMail({ email }: Member): Promise<void> {
  const caller = running.visitor();
  await caller.opens('/password-reset');
  caller.fills('メールアドレス', email);
  await caller.presses('送信');
  await running.mailbox.everythingIsSent();
}

it('names a mailbox that is full first, also where a list decides by an address', async () => {
  const { corporation, suzuki } = await companyExists(running);
  await listExists(running, corporation, ['198.51.100.0/24']);
  running.mailbox.refuses(suzuki.email, 552, '5.2.2 Mailbox full');
  await asksForMail(suzuki);
  await clerk.finds(suzuki.loginId, suzuki.name);
  expect(clerk.verdict).toBe('メールが届かず、IPアドレス制限もあります');
  expect(clerk.sentence).toMatch(/^メールボックスがいっぱいのため/);
  expect(clerk.sentence).toContain('表示のIPアドレスをお知らせください');
  await signsIn(running.visitor(), suzuki);
  await clerk.browser.reloads();
  expect(clerk.verdict).toBe('「IPアドレス制限」が原因です');
  expect(clerk.sentence).toContain('メールボックスがいっぱいのため');
  running.mailbox.accepts(suzuki.email);
});

it('speaks after a resend of the mail that went, and voids it by no other one', async () => {
  const email = 'ueda@docomo.ne.jp';
  running.mailbox.refuses(email, 550, '5.1.1 Unknown user');
  const ueda = await registered({ email });
  await clerk.finds(ueda.loginId, ueda.name);
  expect(clerk.sentence).toContain('携帯電話会社が受け取らず');
  expect(clerk.sentence).not.toContain('変更してください');
  running.mailbox.accepts(email);
  await clerk.helps('登録完了のメールを再送する');
  await running.mailbox.everythingIsSent();
  await clerk.browser.reloads();
  expect(clerk.sentence).toMatch(/に、登録完了のメールを u…@docomo\.ne\.jp に再送しました/);
  expect(clerk.sentence).not.toContain('戻ってきました');
  expect(clerk.page.text).toContain('次の一手：届いたメールをご案内する');
  running.mailbox.refuses(email, 550, '5.1.1 Unknown user');
});

it('speaks of a recovery mail that went after one that came back, too', async () => {
  const { suzuki } = await companyExists(running);
  running.mailbox.refuses(suzuki.email, 550, '5.1.1 User unknown');
  await asksForMail(suzuki);
  running.mailbox.accepts(suzuki.email);
  await clerk.finds(suzuki.loginId, suzuki.name);
  expect(clerk.sentence).toContain('あてのメールが届いていません');
  await clerk.browser.follows('再登録のメールを送る');
  await clerk.acts('再登録のメールを送る');
  await running.mailbox.everythingIsSent();
  await clerk.browser.reloads();
  expect(clerk.sentence).toContain('再登録のメールを');
  expect(clerk.sentence).not.toContain('あてのメールが届いていません');
});

it('sends the mail again first where its link is over, as the page of the customer says', async () => {
  const entered = await registered();
  // The desk's own session would be over as well.
  await running.pool.query(
    `update mailed_links set ends_at = genkan_now() where purpose = 'activation'`,
  );
  await clerk.finds(entered.loginId, entered.name);
  expect(clerk.sentence).toContain('メールのURLは使えなくなっているため');
  expect(clerk.sentence).not.toContain('見つからないとき');
  const caller = running.visitor();
  await signsIn(caller, entered);
  expect(caller.page.text).toContain('メールのURLは、使えなくなっています。');
  await caller.presses('メールを再送する');
  await running.mailbox.everythingIsSent();
  await clerk.browser.reloads();
  expect(clerk.sentence).toContain('メールのURLを開いて、完了してください');
  await caller.opens('/activation');
  expect(caller.page.text).toContain('メールに記載されたURLを開き');
});
