import type { CaseReport } from '../../../admin-enrollment/cases/case-reports.js';
import { newcomerOf } from '../../../admin-enrollment/case-view.js';
import type { Enrollment } from '../../../admin-enrollment/enrollment.entity.js';
import type { Witness } from '../../../admin-enrollment/witness.entity.js';
import type { Account } from '../../../identity/account.entity.js';
import type { Addressee } from '../../../mail/mail-queue.js';
import type { AskedQuestion } from '../../../mail/mails.js';
import type { DeskCase } from '../../../cases/desk-case.entity.js';
import { say, type Sentence } from '../../../web/sentence.js';
import type { CaseSubject, ReviewedApplication } from './case-subjects.js';

/** Somebody whom the desk can answer: at the mailbox that the case knows, and no other. */
export interface CaseReader {
  /** In the form. */
  key: string;
  who: Sentence;
  to: Addressee;
}

/** Those of it whose mailbox is proved, and who asks by the form, who gave the address for the answer. */
export function readersOf(deskCase: DeskCase, subject: CaseSubject): CaseReader[] {
  const { succession, review, lostFactor, question } = subject;
  return [
    ...(succession ? partiesOf(succession) : []),
    ...(review ? applicantOf(review) : []),
    ...(review?.report ? witnessesOf(review.report) : []),
    ...(lostFactor ? ownerOf(lostFactor.account) : []),
    ...(question ? askerOf(question, deskCase) : []),
  ];
}

function partiesOf(report: CaseReport): CaseReader[] {
  const { enrollment } = report;
  const isReached = enrollment.isMailboxProved && !enrollment.isErased;
  const newcomer = newcomerOf(enrollment);
  return [
    ...(isReached
      ? [
          {
            key: 'newcomer',
            who: newcomerInWords(enrollment),
            to: newcomer,
          },
        ]
      : []),
    ...witnessesOf(report),
  ];
}

function witnessesOf({ enrollment, witnesses }: CaseReport): CaseReader[] {
  const corporationName = enrollment.corporation!.name;
  const before = witnesses.filter(({ account }) => !account || mayRead(account));
  return before.map((witness) => {
    const { id: key, account } = witness;
    const who = witnessInWords(witness);
    if (!account) return { key, who, to: witness.addressee };
    return { key, who, to: { ...account.addressee, corporationName } };
  });
}

/** Nobody is registered before the activation. */
export function newcomerInWords({ applicant: name, activatedAt }: Enrollment): Sentence {
  return activatedAt
    ? say('登録された方：{name} 様', { name })
    : say('お申し込みの方：{name} 様', { name });
}

export function witnessInWords({ account }: Pick<Witness, 'account'>): Sentence {
  return account ? say('以前からの管理者：{name} 様', { name: account.name }) : say('ご請求先');
}

/** Whom no mail about it reaches: somebody has to tell them in another way. */
export function unreachedIn(report: CaseReport | undefined): Sentence[] {
  const unreached = report?.witnesses.filter(({ isUnreached }) => isUnreached) ?? [];
  return unreached.map((witness) => witnessInWords(witness));
}

/** To whom a mail about it went that did not come back. */
export function toldIn({ witnesses }: CaseReport): Witness[] {
  return witnesses.filter(({ delivery, isUnreached }) => delivery && !isUnreached);
}

function applicantOf({ enrollment, details }: ReviewedApplication): CaseReader[] {
  if (!details || !enrollment.isMailboxProved) return [];
  const { name, email } = details;
  const to = { name, email, language: enrollment.language, corporationName: '' };
  return [{ key: 'applicant', who: say('お申し込みの方：{name} 様', { name }), to }];
}

function ownerOf(account: Account): CaseReader[] {
  const { name } = account;
  if (!mayRead(account)) return [];
  return [{ key: 'owner', who: say('ご本人：{name} 様', { name }), to: account.addressee }];
}

/** Somebody who was signed in is answered at the mailbox of today. */
function askerOf(
  { name, email, corporationName, language }: AskedQuestion,
  { account }: DeskCase,
): CaseReader[] {
  const who = say('お問い合わせの方：{name} 様', { name });
  if (account)
    return mayRead(account)
      ? [{ key: 'asker', who, to: { ...account.addressee, corporationName } }]
      : [];
  return [{ key: 'asker', who, to: { name, email, corporationName, language } }];
}

function mayRead({ hasProvedMailbox, state, anonymisedAt }: Account): boolean {
  return hasProvedMailbox && state !== 'deleted' && !anonymisedAt;
}
