import type { RunningApp } from './app.js';
import type { Visitor } from './browser.js';
import type { Corporation, Member } from './people.js';
import { activates, applicant, entersDetails, signsIn, type Applicant } from './registration.js';

let companies = 0;

/** A company whose administrator 佐藤 may have left, and the person who takes over. */
export interface LeftBehind {
  corporation: Corporation;
  sato: Member;
  suzuki: Applicant;
}

export async function leftBehind(
  running: RunningApp,
  others = 0,
  ofSato: { email?: string } = {},
): Promise<LeftBehind> {
  companies += 1;
  const corporation = await running.people.corporationExists({
    corporateNumber: String(7_000_000 + companies),
    name: `ひのき第${companies}株式会社`,
  });
  const sato = await running.people.administratorExists({
    corporation,
    loginId: `sato-${companies}`,
    name: '佐藤 花子',
    ...ofSato,
  });
  for (let other = 1; other <= others; other += 1)
    await running.people.administratorExists({
      corporation,
      loginId: `kato-${companies}-${other}`,
      name: `加藤 ${other}郎`,
    });
  return { corporation, sato, suzuki: applicant(`suzuki-${companies}`, { name: '鈴木 一郎' }) };
}

export async function entersNumbers(
  person: Visitor,
  { corporateNumber, transferAccounts: [transferAccount = ''], invoice }: Corporation,
): Promise<void> {
  await person.opens('/admin-enrollment/numbers');
  person.fills('法人番号', corporateNumber);
  person.fills('お振込先口座番号', transferAccount);
  if (invoice !== undefined) person.fills('請求書番号（または請求金額）', invoice);
  await person.presses('確認');
}

/** Up to the page that says that the mails were sent. */
export async function applies(
  person: Visitor,
  corporation: Corporation,
  entered: Applicant,
): Promise<void> {
  await entersNumbers(person, corporation);
  await entersDetails(person, entered);
  await person.presses('登録');
}

/** Beside another case of the company: the mailbox is proved, and the desk reviews it. @returns its number */
export async function isReviewed(
  running: RunningApp,
  person: Visitor,
  corporation: Corporation,
  entered: Applicant,
): Promise<string> {
  await applies(person, corporation, entered);
  const link = running.mailbox.linkIn(await running.mailbox.mailTo(entered.email));
  return provesForReview(running, person, entered, link);
}

export async function provesForReview(
  running: RunningApp,
  person: Visitor,
  { email }: Applicant,
  link: string,
): Promise<string> {
  await activates(person, link);
  expect(person.page.h1).toBe('登録のお申し込みを受け付けました');
  expect(person.page.text).toContain('担当窓口が、お申し込みの内容を確認しています');
  const mail = await running.mailbox.mailTo(email, '登録のお申し込みを受け付けました');
  expect(mail.text).toContain(person.page.facts.受付番号!);
  return person.page.facts.受付番号!;
}

/** From the application to the proof of the mailbox. */
export async function takesOver(
  running: RunningApp,
  { corporation, suzuki }: LeftBehind,
  person: Visitor = running.visitor(),
): Promise<Visitor> {
  await applies(person, corporation, suzuki);
  const mail = await running.mailbox.mailTo(suzuki.email);
  await person.opens(running.mailbox.linkIn(mail));
  await person.presses('登録を完了する');
  return person;
}

/** The same, and signs in. */
export async function takesOverAndSignsIn(running: RunningApp, left: LeftBehind): Promise<Visitor> {
  const person = await takesOver(running, left);
  await signsIn(person, left.suzuki);
  return person;
}

/** The link to object in the next mail to this administrator that has one. */
export async function objectionLink({ mailbox }: RunningApp, { email }: Member): Promise<string> {
  for (;;) {
    const { text } = await mailbox.mailTo(email);
    const link = /^\S+\/admin-enrollment\/objection\/\S+$/m.exec(text);
    if (link) return link[0];
  }
}

export async function objects(person: Visitor, link: string, statement = ''): Promise<void> {
  await person.opens(link);
  person.fills('担当窓口へのご説明', statement);
  await person.presses('異議を申し立てる');
}
