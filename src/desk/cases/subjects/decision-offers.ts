import { dismissalTakesTwo } from '../../../admin-enrollment/cases/two-people.js';
import { canBeDismissed, canStay } from '../../../admin-enrollment/desk-matter.js';
import type { CaseEntry, DecisionOnCase } from '../../../cases/case-entry.entity.js';
import { say, type Sentence } from '../../../web/sentence.js';
import { sidesOf, type CaseSubject } from './case-subjects.js';
import { objectionsIn } from './succession-facts.js';
import { DECISION_WORDS } from './decision-words.js';

const UPHELD = say('{name} さんが承認を求めています。2人目の承認を待っています。');
const DISMISSED = say('{name} さんが取り消しを求めています。2人目の判断を待っています。');
const NAMED = say('{name} さんが {person} 様を指名しました。2人目の確認を待っています。');
const TAKEN_BACK = say(
  '{name} さんが、{person} 様に代わる方の指名を求めています。2人目の指名を待っています。',
);
const ASKED = say('{name} さんが2段階認証の解除を求めています。2人目の判断を待っています。');
const USED = say(
  'ご本人は2段階認証を{time}に使っています。それより前の1人目の判断は、取り消されました。',
);

const DISMISSES_APPLICATION = say(
  'お申し込みは取り消され、登録は行われません。双方のメールが届く方に、理由をお知らせします。',
);

const QUEUES = (behind: string[]) =>
  say(
    '事案 {numbers} が終わるまで、順番を待ちます。お申し込みの方には、順番待ちであることをメールでお知らせします。登録のご案内は、順番が来たときにお送りします。',
    { numbers: behind.join('、') },
  );

const QUEUES_OBJECTED = (behind: string[]) =>
  say(
    '事案 {numbers} が終わるまで、順番を待ちます。異議があるため、順番が来て、お申し込みの方がメールアドレスを確認しても、ご利用は停止したままになり、改めて判断が必要です。双方のメールが届く方にお知らせします。',
    { numbers: behind.join('、') },
  );

/** What can be decided about it now; each page of a decision says what stands in the way. */
export function offeredDecisions({
  succession,
  review,
  lostFactor,
}: CaseSubject): DecisionOnCase[] {
  if (review?.enrollment.state === 'review')
    return review.outlook.obstacle ? ['refuse'] : ['grant', 'refuse'];
  if (lostFactor) {
    const { account, removal } = lostFactor;
    const isPossible = account.secondFactorSince && account.hasProvedMailbox;
    return isPossible && !removal?.canBeStopped ? ['remove-factor'] : [];
  }
  if (!succession) return [];
  const { enrollment, appointment } = succession;
  if (!enrollment.canBeDecided) return canBeDismissed(enrollment) ? ['dismiss'] : [];
  const mayStay = canStay(enrollment) && !enrollment.isErased;
  const isNamed = appointment !== undefined && !appointment.confirmedAt;
  return [
    ...(mayStay ? (['uphold'] as const) : []),
    'dismiss',
    'give',
    ...(isNamed ? (['confirm'] as const) : []),
  ];
}

/** One person of the desk does not send the applicant away. */
export function takesTwo(decision: DecisionOnCase, subject: CaseSubject): boolean {
  const { enrollment } = subject.succession ?? {};
  if (decision !== 'dismiss' || !enrollment) return false;
  return dismissalTakesTwo(enrollment, objectionsIn(sidesOf(subject)).length > 0);
}

/** What a decision does here and now. */
export function effectOf(decision: DecisionOnCase, subject: CaseSubject): Sentence {
  const { effect, effectIfObjected = effect } = DECISION_WORDS[decision];
  const isObjected = objectionsIn(sidesOf(subject)).length > 0;
  if (decision === 'dismiss' && !subject.succession?.enrollment.activatedAt)
    return DISMISSES_APPLICATION;
  const behind = subject.review?.outlook.behind ?? [];
  if (decision === 'grant' && behind.length > 0)
    return isObjected ? QUEUES_OBJECTED(behind) : QUEUES(behind);
  return isObjected ? effectIfObjected : effect;
}

export function decisionsOf(number: string, subject: CaseSubject) {
  return offeredDecisions(subject).map((decision) => {
    const { title, isDanger } = DECISION_WORDS[decision];
    const path = `/desk/cases/${number}/decisions/${decision}`;
    const words = { effect: effectOf(decision, subject), takesTwo: takesTwo(decision, subject) };
    return { path, title, isDanger, ...words };
  });
}

/** What the first of two people of the desk said, and the second one has not signed yet. */
export interface FirstWord {
  sentence: Sentence;
  /** '' where a former version kept none. */
  why: string;
  /** Of the case, where one was kept. */
  entry?: CaseEntry | undefined;
}

/** With the use of a factor that took one back. @param entries of the case, the newest first */
export function firstWordsOf(
  { succession, lostFactor }: CaseSubject,
  entries: CaseEntry[],
): FirstWord[] {
  const { enrollment, appointment } = succession ?? {};
  const { removal } = lostFactor ?? {};
  const isOpen = enrollment?.canBeDecided === true;
  const asked = removal?.stateNow === 'asked' ? removal.firstOperator : null;
  const { appointedBy, confirmedAt, takenBackBy, name: person = '' } = appointment ?? {};
  const words: [DecisionOnCase, by: string | null | undefined, sentence: Sentence][] = [
    ['uphold', isOpen ? enrollment.upheldBy : null, UPHELD],
    ['dismiss', isOpen ? enrollment.dismissedBy : null, DISMISSED],
    ['give', isOpen && !confirmedAt ? appointedBy : null, NAMED],
    ['give', isOpen && confirmedAt ? takenBackBy : null, TAKEN_BACK],
    ['remove-factor', asked, ASKED],
  ];
  const used = lostFactor?.usedAt;
  const uses = used ? [{ sentence: { ...USED, values: { time: used } }, why: '' }] : [];
  const standing = words.flatMap(([decision, name, { text }]) => {
    const said = entries.find((entry) => entry.decision === decision && entry.by === name);
    if (!name) return [];
    const sentence = { text, values: { name, person } };
    return [{ sentence, why: said?.text ?? '', entry: said }];
  });
  return [...uses, ...standing];
}
