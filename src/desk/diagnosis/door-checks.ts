import { standingInWords } from '../../admin-enrollment/case-view.js';
import { say, type Sentence } from '../../web/sentence.js';
import { caseDetail, stateDetail } from './case-and-state.js';
import type { DoorFacts } from './door-facts.js';
import { stopsOf, type Stop } from './door-stops.js';
import { factorDetail, networkDetail } from './network-and-factor.js';
import { waitDetail } from './wait-words.js';
import { linksDetail, mailsDetail, sentSinceTrouble } from './mails-and-links.js';

/**
 * Whether the door lets the person pass there; `stops-too` is what else would stop the person. The
 * others do not decide: `note` may explain, `info` is what there is.
 */
export type CheckAnswer = 'passes' | 'stops' | 'stops-too' | 'note' | 'info';

export interface Check {
  name: keyof typeof TITLES;
  title: Sentence;
  answer: CheckAnswer;
  detail: Sentence;
  /** A word behind it. */
  stage: Sentence | null;
}

const TITLES = {
  registered: say('アカウントの登録'),
  wait: say('待ち時間'),
  password: say('パスワード'),
  mailbox: say('登録の完了'),
  company: say('法人のご契約'),
  state: say('アカウントの状態'),
  case: say('管理者の登録の事案'),
  network: say('IPアドレス制限'),
  factor: say('2段階認証'),
  mails: say('最近のメール'),
  links: say('使える状態のURL'),
};

const STOPPED_AT: Record<Stop, Check['name']> = {
  'address-exhausted': 'wait',
  waiting: 'wait',
  'registration-unfinished': 'mailbox',
  'corporation-closed': 'company',
  'case-held': 'state',
  'account-suspended': 'state',
  'account-deleted': 'state',
  'address-refused': 'network',
  'second-factor-needed': 'factor',
  'second-factor-missing': 'factor',
};

/** One line for each check, in the door's order, and then what explains mails that did not come. */
export function checksOf(facts: DoorFacts): Check[] {
  const [first, ...others] = stopsOf(facts).map((stop) => checkOf(stop, facts));
  const details: [Check['name'], Sentence, Exclude<CheckAnswer, 'stops' | 'stops-too'>?][] = [
    ['registered', say('{time}に登録されています。', { time: facts.account.createdAt })],
    ['wait', waitDetail(facts)],
    ['password', passwordDetail(facts), noteIf(facts.wrongPasswords.count > 0)],
    ['mailbox', mailboxDetail(facts)],
    ['company', companyDetail(facts)],
    ['state', stateDetail(facts)],
    ['case', caseDetail(facts), noteIf(isInCase(facts))],
    ['network', networkDetail(facts), noteIf(isPlaceUnknown(facts))],
    ['factor', factorDetail(facts), factorAnswer(facts)],
    ['mails', mailsDetail(facts), mailsAnswer(facts)],
    ['links', linksDetail(facts), facts.recovery?.wrongPairs ? 'note' : 'info'],
  ];
  return details.map(([name, detail, otherwise = 'passes']) => {
    const behind = others.includes(name) ? 'stops-too' : otherwise;
    const answer = first === name ? 'stops' : behind;
    const stage = name === 'case' && facts.ownCase ? standingInWords(facts.ownCase) : null;
    return { name, title: TITLES[name], answer, detail, stage };
  });
}

/** A wait after wrong codes stands with the waits. */
function checkOf(stop: Stop, { factorWaitsUntil }: DoorFacts): Check['name'] {
  return stop === 'second-factor-needed' && factorWaitsUntil ? 'wait' : STOPPED_AT[stop];
}

function noteIf(isNote: boolean): 'note' | 'passes' {
  return isNote ? 'note' : 'passes';
}

/** The list decides by an address that nobody told yet. */
export function isPlaceUnknown({ list, suspendedUntil, from }: DoorFacts): boolean {
  return (list?.restricts ?? false) && !suspendedUntil && from === undefined;
}

function factorAnswer({ wrongCodes, attempt }: DoorFacts): 'note' | 'info' | 'passes' {
  if (wrongCodes.count > 0) return 'note';
  return attempt.asksFactor ? 'info' : 'passes';
}

function mailsAnswer(facts: DoorFacts): 'note' | 'info' | 'passes' {
  const [newest] = facts.mails;
  if (sentSinceTrouble(facts)) return 'info';
  return noteIf(facts.mailAdvice !== null || (newest && newest.state !== 'handed-over') === true);
}

function isInCase({ account, ownCase, witnessed }: DoorFacts): boolean {
  return account.inCase || witnessed.length > 0 || (ownCase?.canBeDecided ?? false);
}

function passwordDetail({ wrongPasswords, account }: DoorFacts): Sentence {
  const { count: failures, last } = wrongPasswords;
  if (failures === 0)
    return account.lastSignInAt
      ? say('前回のログインのあと、パスワードの間違いはありません。')
      : say('パスワードの間違いはありません。');
  if (!last)
    return say('前回のログインのあと、パスワードを{failures}回間違えています。', { failures });
  return say(
    '前回のログインのあと、パスワードを{failures}回間違えています（最後は{time}、{address}）。',
    {
      failures,
      time: last.at,
      address: last.address,
    },
  );
}

function mailboxDetail({ account, canActivate, isOvertaken }: DoorFacts): Sentence {
  if (account.activatedAt) return say('{time}に完了しました。', { time: account.activatedAt });
  if (account.state !== 'registered') return say('完了しています。');
  if (isOvertaken)
    return say('ほかの方が先に管理者として登録されたため、この新規登録は完了できません。');
  return canActivate
    ? say('メールのURLによる登録の完了を待っています。')
    : say('完了しないまま、お申し込みは終わっています。お申し込みからやり直しになります。');
}

function companyDetail({ account: { corporation } }: DoorFacts): Sentence {
  return corporation.state === 'active' ? say('ご利用中です。') : say('利用を終了しています。');
}
