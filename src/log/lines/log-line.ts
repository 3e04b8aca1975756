import { browserInWords, type BrowserFacts } from '../../web/browser-name.js';
import { isOpenLoginId } from '../../identity/login-id.js';
import { say, type Sentence } from '../../web/sentence.js';
import { translate, type Language } from '../../web/texts.js';
import type { NamedEntry } from './named-entries.js';
import type { Act } from '../../audit/acts.js';
import { wordsOfAct } from '../../audit/words/act-words.js';
import { actTold } from '../../audit/words/factor-words.js';
import type { ActWords } from '../../audit/words/topics.js';
import { SIGNED_IN_BY_RECOVERY_CODE } from '../../audit/words/people-words.js';
import { lineDetails } from './line-details.js';
import {
  APPLICANT,
  BILLING_CONTACT,
  DESK,
  isOfBillingContact,
  SYSTEM,
} from './nobody-signed-in.js';
import { shownToDesk } from './shown-to-desk.js';
import { wordOfTwo } from './words-of-two.js';
import {
  isHalf,
  isLapse,
  lineOutcome,
  resultInWords,
  whyInWords,
  type Outcome,
} from './line-outcome.js';

/** The company does not hear who of the desk acted, nor from where. */
export type LogReader = 'company' | 'desk';

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
const PROVED = say('届いたメールのURLを開き、メールアドレスを確認しました');
const HALF = say('パスワードを確認し、確認コードをお願いしました');

const CONFIRMED_BY: Record<string, Sentence> = {
  password: say('パスワードを入力して、本人確認をしました'),
  totp: say('確認コードを入力して、本人確認をしました'),
  'recovery-code': say('リカバリーコードを入力して、本人確認をしました'),
  passkey: say('パスキーで、本人確認をしました'),
};

/** Acts on oneself that somebody else may do. */
const ON_SOMEBODY: Partial<Record<Act, Pick<ActWords, 'done' | 'tried'>>> = {
  'second-factor-removal': {
    done: say('{subject}の2段階認証を解除しました'),
    tried: say('{subject}の2段階認証を解除しようとしました'),
  },
  'lost-factor': {
    done: say('{subject}の2段階認証の解除のお手続きを始めました'),
    tried: say('{subject}の2段階認証の解除のお手続きを始めようとしました'),
  },
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
  const outcome = lineOutcome(entry);
  const why = whyInWords(entry);
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
    result: told(resultInWords(entry)),
    why: why ? told(why) : '',
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
  const onSomebody = facts.target === undefined ? undefined : ON_SOMEBODY[act];
  if (outcome === 'refused') return onSomebody?.tried ?? wordsOfAct(act).tried;
  if (outcome === 'goes-on' && act === 'activation') return PROVED;
  if (act === 'sign-in' && facts.factor === 'recovery-code') return SIGNED_IN_BY_RECOVERY_CODE;
  if (act === 'password-confirmation')
    return CONFIRMED_BY[String(facts.by)] ?? wordsOfAct(act).done;
  if (onSomebody) return onSomebody.done;
  if (facts.upheld === true) return say('管理者の登録を承認すると決定しました');
  if (facts.granted === true) return say('管理者の登録のお申し込みを審査し、承認しました');
  return wordsOfAct(facts.again === undefined ? act : 'invitation-again').done;
}
