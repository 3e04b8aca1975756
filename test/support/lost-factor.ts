import { EnrolmentLinks } from '../../src/auth/lost-factor/enrolment-links.js';
import { inUnitOfWork } from '../../src/database/unit-of-work.js';
import type { RunningApp } from './app.js';
import type { Visitor } from './browser.js';
import type { Mail } from './mailbox.js';
import type { Corporation, Member } from './people.js';
import { signsIn } from './registration.js';
import { hasFactor, type Equipped } from './second-factor.js';

let companies = 0;

/** 佐藤, the only administrator, who has a second factor; 鈴木 and 山田 of the staff. */
export interface SmallCompany {
  corporation: Corporation;
  sato: Member;
  suzuki: Member;
  yamada: Member;
  billing: string;
  equipped: Equipped;
}

export async function smallCompany(running: RunningApp): Promise<SmallCompany> {
  companies += 1;
  const billing = `billing-${companies}@keiri.example`;
  const corporation = await running.people.corporationExists({
    corporateNumber: String(81_000 + companies),
    name: '株式会社ひとり',
    billingEmail: billing,
  });
  const at = (loginId: string, name: string) => ({
    corporation,
    loginId: `${loginId}-lost-${companies}`,
    name,
  });
  const sato = await running.people.administratorExists(at('sato', '佐藤 花子'));
  const suzuki = await running.people.staffExists(at('suzuki', '鈴木 一郎'));
  const yamada = await running.people.staffExists(at('yamada', '山田 太郎'));
  const equipped = await hasFactor(running, sato);
  return { corporation, sato, suzuki, yamada, billing, equipped };
}

/** From the right password to the page that says that a mail is on its way. */
export async function reportsLoss(running: RunningApp, member: Member): Promise<Visitor> {
  const person = running.visitor();
  await signsIn(person, member);
  await person.follows('確認コードを入力できない方');
  await person.presses('お手続きのご案内を受け取る');
  return person;
}

/** The mail that comes then. */
export async function lossMail(running: RunningApp, { email }: Member): Promise<Mail> {
  return running.mailbox.mailTo(email, '確認コードを入力できない方へのご案内');
}

export async function provesCompany(
  person: Visitor,
  { corporateNumber, transferAccounts: [transferAccount = ''], invoice }: Corporation,
): Promise<void> {
  person.fills('法人番号', corporateNumber);
  person.fills('お振込先口座番号', transferAccount);
  if (invoice !== undefined) person.fills('請求書番号（または請求金額）', invoice);
  await person.presses('お手続きを始める');
}

/** Up to the beginning of the 72 hours. */
export async function beginsRemoval(running: RunningApp, company: SmallCompany): Promise<Visitor> {
  const person = await reportsLoss(running, company.sato);
  await person.opens(running.mailbox.linkIn(await lossMail(running, company.sato)));
  await provesCompany(person, company.corporation);
  expect(person.page.h1).toBe('お手続きを受け付けました');
  return person;
}

/** Somebody of the staff objects, so that the desk decides. */
export async function objectsToRemoval(running: RunningApp, { suzuki }: SmallCompany) {
  const person = running.visitor();
  await person.opens(running.mailbox.linkIn(await newsMail(running, suzuki.email)));
  await person.presses('異議を申し立てる');
}

/** The mail that tells somebody of the beginning. */
export async function newsMail(running: RunningApp, address: string): Promise<Mail> {
  return running.mailbox.mailTo(address, '2段階認証の解除の手続きが始まりました');
}

/** The 72 hours are over, and the mail with the link to the set-up has come. */
export async function enrolmentLink(running: RunningApp, { email }: Member): Promise<string> {
  await running.clock.advance('72 hours');
  await inUnitOfWork(() => running.app.get(EnrolmentLinks).run());
  return running.mailbox.linkIn(
    await running.mailbox.mailTo(email, '新しい認証アプリを設定できます'),
  );
}

/** In a session that can only set up another factor. */
export async function entersEnrolment(
  running: RunningApp,
  link: string,
  { password }: Member,
): Promise<Visitor> {
  const person = running.visitor();
  await person.opens(link);
  person.fills('パスワード', password);
  await person.presses('設定へ進む');
  return person;
}

export async function outcomeOf(running: RunningApp, { id }: Member): Promise<string | null> {
  const { rows } = await running.pool.query<{ outcome: string | null }>(
    'select outcome from factor_removals where account_id = $1 order by created_at desc limit 1',
    [id],
  );
  return rows[0]?.outcome ?? null;
}
