import type { Visitor } from './browser.js';
import type { Corporation } from './people.js';

/** The entries of a company's future first administrator. */
export interface Applicant {
  name: string;
  nameKana: string;
  email: string;
  loginId: string;
  password: string;
}

export function applicant(loginId: string, given: Partial<Applicant> = {}): Applicant {
  return {
    name: '佐藤 花子',
    nameKana: 'サトウ ハナコ',
    email: `${loginId}@example.jp`,
    loginId,
    password: 'kaede-1192-tsuki',
    ...given,
  };
}

export async function entersNumbers(
  person: Visitor,
  { corporateNumber, transferAccounts: [transferAccount = ''], invoice }: Corporation,
): Promise<void> {
  await person.opens('/initiate/numbers');
  person.fills('法人番号', corporateNumber);
  person.fills('お振込先口座番号', transferAccount);
  if (invoice !== undefined) person.fills('請求書番号（または請求金額）', invoice);
  await person.presses('確認');
}

export async function entersDetails(person: Visitor, entered: Applicant): Promise<void> {
  person.fills('氏名', entered.name);
  person.fills('フリガナ', entered.nameKana);
  person.fills('メールアドレス', entered.email);
  person.fills('ログインID', entered.loginId);
  person.fills('パスワード', entered.password);
  person.fills('パスワード確認', entered.password);
  await person.presses('確認');
}

/** Up to the page that says that a mail was sent. */
export async function registers(
  person: Visitor,
  corporation: Corporation,
  entered: Applicant,
): Promise<void> {
  await entersNumbers(person, corporation);
  await entersDetails(person, entered);
  await person.presses('登録');
}

export async function activates(person: Visitor, link: string): Promise<void> {
  await person.opens(link);
  await person.presses('登録を完了する');
}

export async function signsIn(
  person: Visitor,
  { loginId, password }: { loginId: string; password: string },
): Promise<void> {
  await person.opens('/login');
  person.fills('ID', loginId);
  person.fills('パスワード', password);
  await person.presses('ログイン');
}
