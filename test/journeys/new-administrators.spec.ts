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

const SUBJECT = '[法人WEBシステム] 管理者が追加されました';

const BY_INVITATION = '佐藤 花子 様からの招待により、貴社の管理者が登録されました。';

/** The link of the mail leads to the person, who can be suspended there. */
async function colleagueOpens(text: string): Promise<void> {
  const reader = running.visitor();
  await signsIn(reader, colleague);
  await reader.opens(new URL(/https?:\S+\/accounts\/\S+/.exec(text)![0]).pathname);
  expect(reader.page.text).toContain('suzuki-i');
  await reader.follows('利用を停止する');
  expect(reader.page.h1).toBe('アカウントの利用停止');
}

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
  const texts = await told();
  const [contact, other, own] = texts;
  for (const text of texts) {
    expect(text).toContain('鈴木 一郎 様');
    expect(text).toContain('ログインID：suzuki-i');
    expect(text).toContain('メールアドレス：s…@sakura.example');
  }
  expect(contact).toContain(BY_INVITATION);
  expect(contact).toContain('すぐに担当窓口までご連絡ください。');
  expect(contact).not.toContain('/accounts/');
  expect(other).toContain(BY_INVITATION);
  expect(other).toContain('「担当者情報変更」でこの方の利用を停止し');
  expect(own).toContain('お客様が招待した方が、貴社の管理者として登録されました。');
  expect(own).not.toContain('佐藤 花子 様から');
  expect(own).toContain('すぐにパスワードを変更し');
  await colleagueOpens(other!);
  await running.mailbox.nothingFor(whom.email);
});

it('so is somebody who is made one, and nobody who joins as staff or goes back', async () => {
  await changesRole('管理者（利用者の追加・変更・削除と、IPアドレス制限の設定ができます）');
  const [contact, other, own] = await told();
  for (const text of [contact, other])
    expect(text).toContain('佐藤 花子 様が、次の方の権限を「管理者」に変更しました。');
  expect(own).toContain('お客様のアカウントで、次の方の権限が「管理者」に変更されました。');
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
