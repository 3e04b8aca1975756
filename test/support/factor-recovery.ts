import type { RunningApp } from './app.js';
import type { Visitor } from './browser.js';
import type { Member } from './people.js';
import { asksElsewhere, entersNumbers } from './recovery.js';

/** Where a recovery asks for the second factor. */
export const FACTOR = '/password-reset/second-factor';

/** A link that was asked for just now; other mails lie in the mailbox as well. */
export async function newLinkOf(running: RunningApp, { email }: Member): Promise<string> {
  await asksElsewhere(running, email);
  return running.mailbox.linkIn(await running.mailbox.mailTo(email, 'パスワード再登録のご案内'));
}

/** Behind the link and the two numbers. */
export async function proved(running: RunningApp, member: Member, link?: string): Promise<Visitor> {
  const person = running.visitor();
  await person.opens(link ?? (await newLinkOf(running, member)));
  await entersNumbers(person, member.corporation);
  return person;
}

export async function answers(person: Visitor, code: string): Promise<void> {
  person.fills('確認コード', code);
  await person.presses('確認');
}
