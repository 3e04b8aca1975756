import { startApp, type RunningApp } from '../support/app.js';
import type { Visitor } from '../support/browser.js';
import { accepts, invitationTo, invited, invites } from '../support/invitation.js';
import type { Member } from '../support/people.js';
import { signsIn } from '../support/registration.js';

const BILLING = 'keiri@sakura.example';

let running: RunningApp;
let colleague: Member;
let sato: Member;
let person: Visitor;
let staff: Member;
beforeAll(async () => {
  running = await startApp();
  const corporation = await running.people.corporationExists({
    corporateNumber: '1234567',
    name: '株式会社さくら',
    billingEmail: BILLING,
  });
  const { people } = running;
  sato = await people.administratorExists({ corporation, loginId: 'sato', name: '佐藤 花子' });
  colleague = await people.administratorExists({ corporation, loginId: 'ito', name: '伊藤 四郎' });
  staff = await people.staffExists({ corporation, loginId: 'tanaka', name: '田中 二郎' });
  person = running.visitor();
  await signsIn(person, sato);
});
afterAll(() => running.stop());

const SUBJECT = '[法人WEBシステム] 管理者が増えたことのお知らせ';

/** What the billing contact and both administrators read, also the one whose word it was. */
async function told(): Promise<string[]> {
  const readers = [BILLING, colleague.email, sato.email];
  const mails = await Promise.all(readers.map((email) => running.mailbox.mailTo(email)));
  expect(mails.map(({ subject }) => subject)).toEqual([SUBJECT, SUBJECT, SUBJECT]);
  return mails.map(({ text }) => text);
}

it('an invited administrator is told to the billing contact and the administrators', async () => {
  const whom = invited('suzuki@sakura.example', { role: 'administrator' });
  await invites(person, whom);
  await accepts(running.visitor(), await invitationTo(running, whom.email), 'suzuki-i');
  for (const text of await told()) {
    expect(text).toContain('佐藤 花子 様からの招待により、貴社の管理者が登録されました。');
    expect(text).toContain('鈴木 一郎 様');
    expect(text).toContain('すぐに担当窓口までご連絡ください。');
  }
  await running.mailbox.nothingFor(whom.email);
});

it('so is somebody who is made one, and nobody who joins as staff or goes back', async () => {
  await changesRole('管理者（利用者の追加・変更・削除と、IPアドレス制限の設定ができます）');
  for (const text of await told())
    expect(text).toContain('佐藤 花子 様が、次の方の権限を「管理者」に変更しました。');
  await changesRole('担当者（ご自分の情報だけを変更できます）');
  const whom = invited('yamada@sakura.example');
  await invites(person, whom);
  await accepts(running.visitor(), await invitationTo(running, whom.email), 'yamada-i');
  await running.mailbox.nothingFor(BILLING);
});

async function changesRole(role: string): Promise<void> {
  await person.opens(`/accounts/${staff.id}`);
  person.checks(role);
  await person.presses('変更を保存する');
}
