import type { RunningApp } from './app.js';
import type { Visitor } from './browser.js';
import { deskPersonExists, pressesAtDesk, signsInAtDesk } from './desk.js';
import { WHY } from './desk-clerk.js';
import type { Corporation } from './people.js';

/** Somebody of the desk in front of a browser. */
export async function atDesk(running: RunningApp, loginId: string, name: string): Promise<Visitor> {
  const browser = running.visitor();
  await signsInAtDesk(browser, await deskPersonExists(running, { loginId, name }));
  return browser;
}

/** A case of the desk as it is stored. */
export interface StoredCase {
  number: string;
  kind: string;
  state: string;
  dueAt: Date;
}

/** The cases of the desk about a company, or about none, in the order in which they were opened. */
export async function deskCases(
  { pool }: RunningApp,
  corporation?: Pick<Corporation, 'id'>,
): Promise<StoredCase[]> {
  const { rows } = await pool.query<StoredCase>(
    `select case_number as number, kind, state, due_at as "dueAt" from desk_cases
     where corporation_id is not distinct from $1 order by opened_at, case_number`,
    [corporation?.id ?? null],
  );
  return rows;
}

/** From the page of a case to the end of a decision. */
export async function decides(
  clerk: Visitor,
  number: string,
  decision: string,
  why = WHY,
): Promise<void> {
  await clerk.opens(`/desk/cases/${number}`);
  await clerk.follows(decision);
  clerk.fills('理由', why);
  await pressesAtDesk(clerk, decision);
}

/** Somebody who is not signed in asks the desk. @returns the number of the question */
export async function strangerAsks(
  running: RunningApp,
  asked: { name: string; email: string; corporationName?: string; message?: string },
  from = '',
): Promise<string> {
  const person = running.visitor();
  await person.opens(`/contact?from=${encodeURIComponent(from)}`);
  await person.submits({ message: '請求書をなくしました。', ...asked });
  return person.page.facts.受付番号!;
}

/** What the desk did about the case that is shown, the newest first. */
export function historyOf({ page }: Visitor): string[] {
  return page.root
    .querySelectorAll('.gk-case-history li')
    .map(({ text }) => text.replace(/\s+/g, ' ').trim());
}
