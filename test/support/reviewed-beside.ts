import type { RunningApp } from './app.js';
import { applicant, type Applicant } from './registration.js';
import {
  applies,
  leftBehind,
  objects,
  provesForReview,
  takesOverAndSignsIn,
  type LeftBehind,
} from './succession.js';

export const WORDS = '当社にこの名前の者はおりません。';

export interface Reviewed {
  left: LeftBehind;
  hayashi: Applicant;
  number: string;
  /** By which 佐藤 objects to 林. */
  link: string;
}

/**
 * 林 applied while 鈴木 is on probation, and is under review; 佐藤 was told before.
 * @param isEarly 佐藤 objects before the proof of the mailbox
 */
export async function reviewedBeside(running: RunningApp, isEarly = false): Promise<Reviewed> {
  const left = await leftBehind(running);
  await takesOverAndSignsIn(running, left);
  await running.mailbox.everythingIsSent();
  const hayashi = applicant(`hayashi-${left.corporation.corporateNumber}`, { name: '林 次郎' });
  const person = running.visitor();
  await applies(person, left.corporation, hayashi);
  await running.mailbox.everythingIsSent();
  const told = running.mailbox.unread(left.sato.email).find(({ text }) => text.includes('林'));
  const mail = running.mailbox.linkIn(await running.mailbox.mailTo(hayashi.email));
  const link = running.mailbox.linkIn(told!);
  if (isEarly) await objects(running.visitor(), link, WORDS);
  const number = await provesForReview(running, person, hayashi, mail);
  return { left, hayashi, number, link };
}
