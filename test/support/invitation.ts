import type { RunningApp } from './app.js';
import type { Visitor } from './browser.js';
import type { Corporation, Member } from './people.js';
import { signsIn } from './registration.js';

/** A person whom an administrator invites. */
export interface Invited {
  name: string;
  nameKana: string;
  email: string;
  role: 'staff' | 'administrator';
}

/** The password that invited people choose. */
export const CHOSEN_PASSWORD = 'momiji-7342-kawa';

const ROLES = {
  staff: '担当者（ご自分の情報だけを変更できます）',
  administrator: '管理者（利用者の追加・変更・削除と、IPアドレス制限の設定ができます）',
};

let companies = 0;

/** A company with an administrator who is signed in. */
export async function office(
  running: RunningApp,
): Promise<{ corporation: Corporation; sato: Member; person: Visitor }> {
  companies += 1;
  const corporation = await running.people.corporationExists({
    corporateNumber: `77${companies}`,
    name: `株式会社さくら${companies}`,
  });
  const loginId = `sato-hanako-${companies}`;
  const given = { corporation, loginId, name: '佐藤 花子' };
  const sato = await running.people.administratorExists(given);
  const person = running.visitor();
  await signsIn(person, sato);
  return { corporation, sato, person };
}

export function invited(email: string, given: Partial<Invited> = {}): Invited {
  return { name: '鈴木 一郎', nameKana: 'スズキ イチロウ', email, role: 'staff', ...given };
}

/** The form of 利用者の追加, up to its answer. */
export async function invites(person: Visitor, whom: Invited): Promise<void> {
  await person.opens('/accounts/new');
  person.fills('氏名', whom.name);
  person.fills('フリガナ', whom.nameKana);
  person.fills('メールアドレス', whom.email);
  person.checks(ROLES[whom.role]);
  await person.presses('招待のメールを送る');
}

export async function invitationTo(running: RunningApp, email: string): Promise<string> {
  return running.mailbox.linkIn(await running.mailbox.mailTo(email));
}

/** By the link to the form, and through it. */
export async function accepts(
  newcomer: Visitor,
  link: string,
  loginId: string,
  password = CHOSEN_PASSWORD,
): Promise<void> {
  await newcomer.opens(link);
  await choosesLogin(newcomer, loginId, password);
}

export async function choosesLogin(
  newcomer: Visitor,
  loginId: string,
  password = CHOSEN_PASSWORD,
): Promise<void> {
  newcomer.fills('ログインID', loginId);
  newcomer.fills('パスワード', password);
  newcomer.fills('パスワード確認', password);
  await newcomer.presses('登録');
}

/** The fields that a browser would post to the link. */
export const acceptance = (loginId: string) => ({
  fields: { loginId, password: CHOSEN_PASSWORD, passwordConfirmation: CHOSEN_PASSWORD },
});
