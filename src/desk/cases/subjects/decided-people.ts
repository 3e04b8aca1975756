import { say, type Sentence } from '../../../web/sentence.js';
import type { CaseSubject } from './case-subjects.js';

/** Somebody whom a decision is about, so that nobody decides about somebody else. */
interface DecidedPerson {
  who: Sentence;
  name: string;
  /** '' where it cannot be read any more. */
  email: string;
  loginId: string;
}

/**
 * Of a person whom the desk named the name alone: the second person types the address, which both
 * have to mean.
 */
export function peopleOfDecision({ succession, review, lostFactor }: CaseSubject): DecidedPerson[] {
  if (review && !succession) {
    const { enrollment, details } = review;
    const email = details?.email ?? '';
    return [{ who: say('お申し込みの方'), name: enrollment.applicant, email, loginId: '' }];
  }
  if (lostFactor) {
    const { name, email, shownLoginId: loginId } = lostFactor.account;
    return [{ who: say('2段階認証を使えなくなった方'), name, email, loginId }];
  }
  if (!succession) return [];
  const { enrollment, appointment } = succession;
  const { applicant: name, applicantEmail, account, activatedAt, isErased } = enrollment;
  const loginId = account && !isErased ? account.shownLoginId : '';
  return [
    {
      who: activatedAt ? say('登録された方') : say('お申し込みの方'),
      name,
      email: applicantEmail ?? '',
      loginId,
    },
    ...(appointment
      ? [{ who: say('指名された方'), name: appointment.name, email: '', loginId: '' }]
      : []),
  ];
}
