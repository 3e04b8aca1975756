import type { RunningApp } from './app.js';
import type { Visitor } from './browser.js';
import type { Answer } from './http.js';
import type { Corporation } from './people.js';

/** The password that people choose after forgetting theirs. */
export const NEW_PASSWORD = 'yama-no-ue-2031';

type OnInvoice = Pick<Corporation, 'corporateNumber' | 'transferAccounts'>;

/** The numbers on the invoices of most stories' company. */
const INVOICE: OnInvoice = { corporateNumber: '1234567', transferAccounts: ['0012345'] };

/** Up to the page behind 送信. */
export async function asks(person: Visitor, email: string): Promise<void> {
  await person.opens('/password-reset');
  person.fills('メールアドレス', email);
  await person.presses('送信');
}

/** The same from a browser that nobody looks at. */
export function asksElsewhere(running: RunningApp, email: string): Promise<Answer> {
  return running.visitor().sends('POST', '/password-reset', { fields: { email } });
}

/** The link of the next mail to the address. */
export async function linkTo({ mailbox }: RunningApp, email: string): Promise<string> {
  return mailbox.linkIn(await mailbox.mailTo(email));
}

/** A link that was asked for just now. */
export async function newLink(running: RunningApp, email: string): Promise<string> {
  await asksElsewhere(running, email);
  return linkTo(running, email);
}

/** The id of the link that the first page behind it acts for; a browser posts it in a hidden field. */
export async function shownLink(person: Visitor): Promise<string> {
  const { text } = await person.sends('GET', '/password-reset/numbers');
  return linkOn(text);
}

/** What the page of a run is about; a browser posts it in a hidden field. */
export async function shownOn(person: Visitor, step: string, flow: string): Promise<string> {
  const { text } = await person.sends('GET', `/password-reset/${step}?flow=${flow}`);
  return /name="shown" value="([\w-]+)"/.exec(text)?.[1] ?? '';
}

export function linkOn(page: string): string {
  return /name="link" value="([\da-f-]{36})"/.exec(page)?.[1] ?? '';
}

export async function entersCode(person: Visitor, code: string): Promise<void> {
  person.fills('コード', code);
  await person.presses('コードで進む');
}

export async function entersNumbers(
  person: Visitor,
  { corporateNumber, transferAccounts: [transferAccount = ''] }: OnInvoice = INVOICE,
): Promise<void> {
  person.fills('法人番号', corporateNumber);
  person.fills('お振込先口座番号', transferAccount);
  await person.presses('確認');
}

export async function choosesPassword(
  person: Visitor,
  password = NEW_PASSWORD,
  confirmation = password,
): Promise<void> {
  person.fills('新パスワード', password);
  person.fills('パスワード確認', confirmation);
  await person.presses('確認');
}

/** From the numbers up to and with the last button. */
export async function finishes(person: Visitor, onInvoice = INVOICE): Promise<void> {
  await entersNumbers(person, onInvoice);
  await choosesPassword(person);
  await person.presses('登録');
}

/** Text without the numbers of runs, forms and links, which differ between any two answers. */
export function withoutIds(text: string): string {
  return text.replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, 'UUID');
}
