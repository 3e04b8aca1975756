import type { RunningApp } from './app.js';
import type { Visitor, VisitorOptions } from './browser.js';
import type { Member } from './people.js';
import { signsIn } from './registration.js';

/** Somebody who just signed in, with a browser of his own. */
export async function signedIn(
  running: RunningApp,
  member: Member,
  options: VisitorOptions = {},
): Promise<Visitor> {
  const person = running.visitor(options);
  await signsIn(person, member);
  return person;
}

/** Up to the page that says that a mail was sent to the new address. */
export async function asksForEmail(person: Visitor, email: string): Promise<void> {
  await person.opens('/me/email');
  person.fills('新しいメールアドレス', email);
  await person.presses('確認のメールを送る');
}

/** The link in the next mail to the new address; the notice to the old one counts as read. */
export async function proofLink({ mailbox }: RunningApp, from: string, to: string) {
  await mailbox.mailTo(from);
  return mailbox.linkIn(await mailbox.mailTo(to));
}

export async function proves(person: Visitor, link: string): Promise<void> {
  await person.opens(link);
  await person.presses('メールアドレスを変更する');
}

export async function undoes(person: Visitor, link: string): Promise<void> {
  await person.opens(link);
  await person.presses('変更を取り消す');
}

/** A change from the first page to the last. @returns the link that undoes it */
export async function changesEmail(
  running: RunningApp,
  person: Visitor,
  from: string,
  to: string,
): Promise<string> {
  await asksForEmail(person, to);
  await proves(person, await proofLink(running, from, to));
  return running.mailbox.linkIn(await running.mailbox.mailTo(from));
}

export async function isSignedIn(person: Visitor): Promise<boolean> {
  return (await person.sends('GET', '/me')).status === 200;
}

/** The outcomes of an act in the log, the oldest first. */
export async function outcomesOf({ pool }: RunningApp, act: string): Promise<string[]> {
  const { rows } = await pool.query<{ reason: string }>(
    'select reason from audit_entries where act = $1 order by id',
    [act],
  );
  return rows.map(({ reason }) => reason);
}
