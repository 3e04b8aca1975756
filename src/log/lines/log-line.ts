import { browserInWords, type BrowserFacts } from '../../web/browser-name.js';
import { isOpenLoginId } from '../../identity/login-id.js';
import { say, type Sentence } from '../../web/sentence.js';
import { translate, type Language } from '../../web/texts.js';
import type { NamedEntry } from './named-entries.js';
import type { Act } from '../../audit/acts.js';
import { wordsOfAct } from '../../audit/words/act-words.js';
import { actTold } from '../../audit/words/factor-words.js';
import { SIGNED_IN_BY_RECOVERY_CODE } from '../../audit/words/people-words.js';
import { isOfBillingContact } from './billing-rows.js';
import { lineDetails } from './line-details.js';
import { APPLICANT, BILLING_CONTACT, DESK, SYSTEM } from './nobody-signed-in.js';
import { shownToDesk } from './shown-to-desk.js';
import { wordsOnSomebody } from './words-on-somebody.js';
import { isFirstWord, wordOfTwo } from './words-of-two.js';
import { GOES_ON, reasonInWords } from '../../audit/words/reason-words.js';

/** The company does not hear who of the desk acted, nor from where. */
export type LogReader = 'company' | 'desk';

type Outcome = 'done' | 'goes-on' | 'refused';

/** One row of the log in the reader's words, the same on pages and in files. */
export interface LogLine {
  id: string;
  time: Date;
  who: string;
  isDesk: boolean;
  loginId: string;
  what: string;
  details: string[];
  outcome: Outcome;
  result: string;
  why: string;
  address: string;
  device: string;
  requestId: string;
  /** In the desk's log. */
  corporation: { id: string; name: string; number: string } | null;
}

const ANONYMISED = say('（個人情報を消去した利用者）');
const SOMEBODY = say('利用者');
const OWN = say('本人');
const HALF = say('パスワードを確認し、確認コードをお願いしました');

const OUTCOMES: Record<Outcome, Sentence> = {
  done: say('完了'),
  'goes-on': say('受付'),
  refused: say('できませんでした'),
};
const HALFWAY = say('途中');

const CONFIRMED_BY: Record<string, Sentence> = {
  password: say('パスワードを入力して、本人確認をしました'),
  totp: say('確認コードを入力して、本人確認をしました'),
  'recovery-code': say('リカバリーコードを入力して、本人確認をしました'),
  passkey: say('パスキーで、本人確認をしました'),
};

/** Acts that nobody but the desk does; others are the desk's where its operator is named. */
const DESK_ACTS: ReadonlySet<Act> = new Set([
  'case-decision',
  'appointment',
  'appointment-confirmation',
  'review-decision',
  'ip-suspension',
  'ip-resumption',
  'corporation-closing',
  'master-data-change',
  'corporation-opening',
  'account-view',
  'corporation-view',
  'account-erasure',
]);

export function logLine(
  entry: NamedEntry,
  language: Language,
  reader: LogReader = 'company',
): LogLine {
  const told = (sentence: Sentence) => translate(sentence, language);
  const outcome = outcomeOf(entry);
  const { browser, system } = entry.facts as Partial<BrowserFacts>;
  const isDesk = isByDesk(entry);
  const isHidden = isDesk && reader === 'company';
  return {
    id: entry.id,
    time: new Date(entry.at),
    who: told(isDesk ? deskOf(entry, reader) : whoOf(entry)),
    isDesk,
    loginId: isDesk ? '' : loginIdOf(entry),
    what: whatInWords(entry, outcome, told),
    details: [
      ...lineDetails(entry, language),
      ...(reader === 'desk' ? shownToDesk(entry, language) : []),
    ],
    outcome,
    result: told(isHalf(entry) ? HALFWAY : OUTCOMES[outcome]),
    why: outcome === 'done' || saysItself(entry) ? '' : told(whyOf(entry)),
    address: isHidden ? '' : (entry.address ?? ''),
    device: !isHidden && (browser || system) ? told(browserInWords({ browser, system })) : '',
    requestId: isHidden ? '' : (entry.requestId ?? ''),
    corporation: corporationOf(entry),
  };
}

function corporationOf({ corporationId: id, corporationName, corporateNumber }: NamedEntry) {
  return id && corporationName && corporateNumber
    ? { id, name: corporationName, number: corporateNumber }
    : null;
}

function isByDesk({ act, facts }: NamedEntry): boolean {
  return facts.operator !== undefined || DESK_ACTS.has(act);
}

function deskOf({ facts: { operator } }: NamedEntry, reader: LogReader): Sentence {
  if (reader === 'company' || operator === undefined) return DESK;
  return say('担当窓口（{name}）', { name: String(operator) });
}

function whoOf(entry: NamedEntry): Sentence {
  const { actorName, accountId, address } = entry;
  if (actorName) return say('{name} 様', { name: actorName });
  if (actorName === '') return ANONYMISED;
  if (accountId === null && address === null) return SYSTEM;
  return isOfBillingContact(entry) ? BILLING_CONTACT : APPLICANT;
}

function loginIdOf({ actorLoginId }: NamedEntry): string {
  return actorLoginId === null || isOpenLoginId(actorLoginId) ? '' : actorLoginId;
}

function subjectOf({ subjectName, facts, accountId }: NamedEntry): Sentence {
  if (accountId !== null && facts.target === accountId) return OWN;
  if (subjectName === null) return SOMEBODY;
  return subjectName === '' ? ANONYMISED : say('{name} 様', { name: subjectName });
}

function outcomeOf(entry: NamedEntry): Outcome {
  const { reason } = entry;
  if (isFirstWord(entry)) return 'goes-on';
  if (reason === 'done' || isLapse(entry)) return 'done';
  return goesOn(entry) || isHalf(entry) ? 'goes-on' : 'refused';
}

/** An objection, or an application; the desk's decision stops other acts. */
function goesOn({ act, reason }: NamedEntry): boolean {
  return GOES_ON.has(reason) && (reason !== 'desk-decides' || act === 'objection');
}

/** What it waits for stands in the sentence of what was done. */
function saysItself(entry: NamedEntry): boolean {
  return isHalf(entry) || isFirstWord(entry);
}

/** A right password, and the second factor is still to come. */
function isHalf({ act, reason }: NamedEntry): boolean {
  return reason === 'second-factor-needed' && (act === 'sign-in' || act === 'desk-sign-in');
}

/** A trial that nobody confirmed. */
function isLapse({ act, reason, accountId }: NamedEntry): boolean {
  return act === 'ip-restriction-ending' && reason === 'trial-over' && accountId === null;
}

function whatInWords(
  entry: NamedEntry,
  outcome: Outcome,
  told: (sentence: Sentence) => string,
): string {
  const values = { subject: told(subjectOf(entry)) };
  const word = wordOfTwo(entry);
  if (!word) return told({ ...whatOf(entry, outcome), values });
  return told({ ...word.sentence, values: { matter: told({ ...word.matter, values }) } });
}

function whatOf(entry: NamedEntry, outcome: Outcome): Sentence {
  const { facts } = entry;
  const act = actTold(entry);
  if (isLapse(entry)) return say('IPアドレス制限の試行が、確定されないまま終わりました');
  if (isHalf(entry)) return HALF;
  const onSomebody = wordsOnSomebody(entry);
  if (outcome === 'refused') return onSomebody?.tried ?? wordsOfAct(act).tried;
  if (act === 'sign-in' && facts.factor === 'recovery-code') return SIGNED_IN_BY_RECOVERY_CODE;
  if (act === 'password-confirmation')
    return CONFIRMED_BY[String(facts.by)] ?? wordsOfAct(act).done;
  if (onSomebody) return onSomebody.done;
  if (facts.upheld === true) return say('管理者の登録を承認すると決定しました');
  if (facts.granted === true) return say('管理者の登録のお申し込みを審査し、承認しました');
  return wordsOfAct(facts.again === undefined ? act : 'invitation-again').done;
}

/** One row stands for all tries of an hour. */
function whyOf({ reason, facts }: NamedEntry): Sentence {
  if (!facts.count || reason !== 'waiting') return reasonInWords(reason);
  const count = Number(facts.count);
  return say('失敗が続いたため、1時間に{count}回、確認しませんでした', { count });
}
