import { GOES_ON, reasonInWords } from '../../audit/words/reason-words.js';
import type { Reason } from '../../audit/reasons.js';
import { say, type Sentence } from '../../web/sentence.js';
import type { NamedEntry } from './named-entries.js';
import { isFirstWord } from './words-of-two.js';

export type Outcome = 'done' | 'goes-on' | 'refused';

const RESULTS: Record<Outcome, Sentence> = {
  done: say('完了'),
  'goes-on': say('受付'),
  refused: say('できませんでした'),
};
const HALFWAY = say('途中');

/** An objection goes on with them; other acts, such as decisions of the desk, are refused. */
const OF_OBJECTIONS: ReadonlySet<Reason> = new Set(['desk-decides', 'mailbox-unproved']);
const MAILBOX_UNPROVED = say('申し込んだ方のメールの確認が済んでいませんでした');

export function lineOutcome(entry: NamedEntry): Outcome {
  const { reason } = entry;
  if (isFirstWord(entry)) return 'goes-on';
  if (reason === 'done' || isLapse(entry)) return 'done';
  return goesOn(entry) || isHalf(entry) ? 'goes-on' : 'refused';
}

export function resultInWords(entry: NamedEntry): Sentence {
  return isHalf(entry) ? HALFWAY : RESULTS[lineOutcome(entry)];
}

/** Undefined where it is done, or where what it waits for stands in the sentence of what was done. */
export function whyInWords(entry: NamedEntry): Sentence | undefined {
  const { act, reason, facts } = entry;
  if (lineOutcome(entry) === 'done' || isHalf(entry) || isFirstWord(entry)) return undefined;
  if (reason === 'mailbox-unproved' && act !== 'objection') return MAILBOX_UNPROVED;
  if (!facts.count || reason !== 'waiting') return reasonInWords(reason);
  // One row stands for all tries of an hour.
  const count = Number(facts.count);
  return say('失敗が続いたため、1時間に{count}回、確認しませんでした', { count });
}

function goesOn({ act, reason }: NamedEntry): boolean {
  return GOES_ON.has(reason) && (act === 'objection' || !OF_OBJECTIONS.has(reason));
}

/** A right password, and the second factor is still to come. */
export function isHalf({ act, reason }: NamedEntry): boolean {
  return reason === 'second-factor-needed' && (act === 'sign-in' || act === 'desk-sign-in');
}

/** A trial that nobody confirmed. */
export function isLapse({ act, reason, accountId }: NamedEntry): boolean {
  return act === 'ip-restriction-ending' && reason === 'trial-over' && accountId === null;
}
