import type { RunningApp } from './app.js';
import type { Visitor } from './browser.js';
import type { Answer } from './http.js';
import type { Corporation } from './people.js';
import { applicant, registers, type Applicant } from './registration.js';

/** A second number that no company of the stories has. */
export const WRONG = '7654321';

export type Door = '/initiate' | '/admin-enrollment';

export function guesses(
  person: Visitor,
  corporateNumber: string,
  {
    door = '/initiate',
    account = WRONG,
    flow = '',
  }: { door?: Door; account?: string; flow?: string } = {},
): Promise<Answer> {
  const fields = { corporateNumber, transferAccountNumber: account, flow };
  return person.sends('POST', `${door}/numbers`, { fields });
}

/** Strangers use up what may be compared on the page in a day. */
export async function strangersGuess(running: RunningApp, corporateNumber: string): Promise<void> {
  for (let times = 0; times < 10; times += 1)
    expect((await guesses(running.visitor(), corporateNumber)).status).toBe(422);
}

/** Counters as they are after so many uses. */
export async function isUsed({ pool }: RunningApp, used: number, ...keys: string[]): Promise<void> {
  await pool.query(
    `insert into limit_counters select key, $1, genkan_now() + interval '1 day' from unnest($2::text[]) key
     on conflict (key) do update set used = excluded.used, ends_at = excluded.ends_at`,
    [used, keys],
  );
}

/** Up to the mail, at a company whose numbers are compared behind its link. @returns the link */
export async function appliesByMail(
  running: RunningApp,
  corporation: Corporation,
  entered: Applicant,
  person = running.visitor(),
): Promise<string> {
  await registers(person, corporation, entered);
  return running.mailbox.linkIn(await running.mailbox.mailTo(entered.email));
}

/** Opens the mailed link and presses its button. */
export async function provesBehind(link: string, person: Visitor): Promise<void> {
  await person.opens(link);
  await person.presses('登録を完了する');
}

let companies = 0;

/** A company at which strangers used up what is compared on the page. */
export async function guessedAt(running: RunningApp, billingEmail?: string): Promise<Corporation> {
  companies += 1;
  const corporation = await running.people.corporationExists({
    corporateNumber: `80${companies}`,
    name: `株式会社けやき${companies}`,
    ...(billingEmail && { billingEmail }),
  });
  await isUsed(running, 10, `proof:company:${corporation.corporateNumber}`);
  return corporation;
}

export const wrong = (corporation: Corporation) => ({ ...corporation, transferAccounts: [WRONG] });

/** Somebody applies with a wrong pair and presses the mailed button. */
export async function failsByMail(
  running: RunningApp,
  corporation: Corporation,
  email: string,
): Promise<Visitor> {
  const entered = applicant(`wrong-${Math.random().toString(36).slice(2)}`, { email });
  const person = running.visitor();
  await provesBehind(await appliesByMail(running, wrong(corporation), entered), person);
  return person;
}

/** Without what differs between any two answers. */
export function neutral(text: string, ...typed: string[]): string {
  return typed
    .reduce((masked, word) => masked.replaceAll(word, '…'), text)
    .replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|nonce-[\w+/=-]+|nonce="[^"]+"/g, 'ID')
    .replaceAll(/application\/[\w-]+/g, 'application/KEY');
}

/**
 * An application that the desk decides: strangers used up what is compared behind links, too.
 * @param isRight whether both numbers are the company's
 */
export async function reviewedByDesk(running: RunningApp, loginId: string, isRight = true) {
  const company = await guessedAt(running);
  const { corporateNumber } = company;
  const used = [`proof:company:${corporateNumber}`, `proof:mail:others:${corporateNumber}`];
  await isUsed(running, 10, ...used);
  const person = running.visitor();
  const email = `${loginId}@review.example`;
  const entered = applicant(loginId, { email, name: '岡田 真' });
  const shown = isRight ? company : wrong(company);
  await provesBehind(await appliesByMail(running, shown, entered), person);
  return { company, email, number: person.page.facts.受付番号! };
}
