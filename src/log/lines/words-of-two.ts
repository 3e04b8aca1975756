import type { Act } from '../../audit/acts.js';
import type { Reason } from '../../audit/reasons.js';
import { say, type Sentence } from '../../web/sentence.js';
import type { NamedEntry } from './named-entries.js';

/** What takes two people of the desk, as the company reads of it before both have said the same. */
const MATTERS: Partial<Record<Act, Sentence>> = {
  'case-decision': say('管理者の登録の却下'),
  appointment: say('管理者となる方の指名'),
  'appointment-confirmation': say('管理者となる方の指名'),
  'lost-factor': say('{subject}の2段階認証の解除'),
};
const UPHELD = say('管理者の登録の承認');
const NAMED_ANEW = say('管理者となる方の指名のやり直し');

const ASKED = say('「{matter}」を申請しました（2人目の確認待ち）');
const NOT_COUNTED = say('「{matter}」を2人目として確認しようとしました');

/** Why a word is no second one. */
const NO_SECOND_WORDS: ReadonlySet<Reason> = new Set([
  'same-operator',
  'operator-bound',
  'operator-new',
]);

/** The first of two words: what it asks for waits for the second one. */
export function isFirstWord({ act, reason }: NamedEntry): boolean {
  return reason === 'second-person-needed' || (act === 'appointment' && reason === 'done');
}

/** One word of two, where the act did not come of it. */
export function wordOfTwo(entry: NamedEntry): { sentence: Sentence; matter: Sentence } | undefined {
  const matter = matterOfTwo(entry);
  if (!matter) return undefined;
  if (isFirstWord(entry)) return { sentence: ASKED, matter };
  return NO_SECOND_WORDS.has(entry.reason) ? { sentence: NOT_COUNTED, matter } : undefined;
}

function matterOfTwo({ act, reason, facts }: NamedEntry): Sentence | undefined {
  if (facts.upheld === true) return UPHELD;
  return act === 'appointment' && reason !== 'done' ? NAMED_ANEW : MATTERS[act];
}
