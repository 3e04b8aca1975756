import { say, type Sentence } from '../../../web/sentence.js';
import type { CaseSubject } from './case-subjects.js';
import { DECISION_WORDS, type DecisionOnCase } from './decision-words.js';

/** What can be decided about it now; each page of a decision says what stands in the way. */
export function offeredDecisions({
  succession,
  review,
  lostFactor,
}: CaseSubject): DecisionOnCase[] {
  if (review?.enrollment.state === 'review')
    return review.enrollment.corporation ? ['grant', 'refuse'] : ['refuse'];
  if (lostFactor) {
    const { account, removal } = lostFactor;
    const isPossible = account.secondFactorSince && account.hasProvedMailbox;
    return isPossible && !removal?.canBeStopped ? ['remove-factor'] : [];
  }
  if (!succession) return [];
  const { enrollment, appointment } = succession;
  if (enrollment.stage === 'queued') return ['dismiss'];
  if (!enrollment.canBeDecided) return [];
  const mayStay = enrollment.isMailboxProved && !enrollment.isErased;
  const isNamed = appointment !== undefined && !appointment.confirmedAt;
  return [
    ...(mayStay ? (['uphold'] as const) : []),
    'dismiss',
    'give',
    ...(isNamed ? (['confirm'] as const) : []),
  ];
}

export function decisionsOf(number: string, subject: CaseSubject) {
  return offeredDecisions(subject).map((decision) => {
    const { title, effect, isDanger } = DECISION_WORDS[decision];
    return { path: `/desk/cases/${number}/decisions/${decision}`, title, effect, isDanger };
  });
}

/** What the first of two people of the desk said, and the second one has not signed yet. */
export function signaturesOf({ succession, lostFactor }: CaseSubject): Sentence[] {
  const { enrollment, appointment } = succession ?? {};
  const { removal } = lostFactor ?? {};
  const isOpen = enrollment?.canBeDecided === true;
  const { upheldBy = null, dismissedBy = null } = isOpen ? enrollment : {};
  const asked = removal?.stateNow === 'asked' ? removal.firstOperator : null;
  const naming = isOpen && appointment && !appointment.confirmedAt ? appointment : null;
  return [
    ...(upheldBy
      ? [say('{name} さんが承認を求めています。2人目の承認を待っています。', { name: upheldBy })]
      : []),
    ...(dismissedBy
      ? [
          say('{name} さんが取り消しを求めています。2人目の判断を待っています。', {
            name: dismissedBy,
          }),
        ]
      : []),
    ...(naming
      ? [
          say('{name} さんが {person} 様を指名しました。2人目の確認を待っています。', {
            name: naming.appointedBy,
            person: naming.name,
          }),
        ]
      : []),
    ...(asked
      ? [
          say('{name} さんが2段階認証の解除を求めています。2人目の判断を待っています。', {
            name: asked,
          }),
        ]
      : []),
  ];
}
