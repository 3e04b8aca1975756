import type { ApplicationFacts } from '../mail/enrollment-mails.js';
import type { Addressee } from '../mail/mail-queue.js';
import { notice } from '../web/notices.js';
import { say, type Sentence } from '../web/sentence.js';
import type { CaseStage, Enrollment } from './enrollment.entity.js';
import { isResting, waitsForDesk } from './resting-cases.js';
import { timeline, type Timeline } from '../web/timeline.js';

/** The case went on meanwhile, whichever side wanted something of it. */
export const CASE_NOT_DECIDED = notice.warning(
  say('お手続きの状況が変わったため、この操作は行えませんでした。'),
);

const CASE_STAGES: Record<CaseStage, Sentence> = {
  'by-mail': say('メールでの確認待ち'),
  review: say('担当窓口が確認中'),
  queued: say('順番待ち'),
  'awaiting-activation': say('ご本人の確認待ち'),
  held: say('承認待ち'),
  probation: say('確認期間中'),
  completed: say('完了'),
  approved: say('承認済み'),
  // An objection, or a person whom the desk named: both stop the newcomer.
  objected: say('担当窓口の判断待ち'),
  withdrawn: say('取り消し'),
  expired: say('期限切れ'),
  refused: say('担当窓口が取り消し'),
};

/** Nobody acted by it so far. */
const APPLICATION_REFUSED = say('担当窓口が却下');
const OVERTAKEN = say('ほかの方が先に登録');

/** The desk decided, and the named person's mailbox is proved next. */
const NAMED = say('指名された方の確認待ち');

/** The objection waits for the proof of the mailbox. */
const OBJECTED_UNPROVED = say('異議申し立てあり、ご本人の確認待ち');

/** The facts that both sides and the desk may know of a case; the company must be loaded. */
export function applicationFacts(enrollment: Enrollment): ApplicationFacts {
  const { caseNumber, applicant, createdAt: time, address, network } = enrollment;
  const corporationName = enrollment.corporation!.name;
  const mailDomain = domainOf(enrollment.applicantEmail ?? '');
  return {
    caseNumber,
    corporationName,
    applicant,
    mailDomain,
    time,
    address,
    network: network ?? address,
    isInitial: enrollment.kind === 'initial',
    isProved: enrollment.isMailboxProved,
    registeredAt: enrollment.activatedAt ?? null,
  };
}

export function caseView(enrollment: Enrollment) {
  const { stage, isUnproved, isDenied, createdAt, releaseAt, probationEndsAt } = enrollment;
  return {
    ...applicationFacts(enrollment),
    stage,
    isUnproved,
    isDenied,
    isInReview: stage === 'review',
    isQueued: stage === 'queued',
    isUntold: waitsForDesk(enrollment),
    appliedAt: createdAt,
    releaseAt,
    probationEndsAt,
  };
}

const COMPLETED = { initial: say('登録の完了'), succession: say('追加登録の完了') };

/** What ends by itself: a newcomer's hold or probation; null in other stages. */
export function caseLine(enrollment: Enrollment, now: Date): Timeline | null {
  const { stage, kind, createdAt, releaseAt, probationEndsAt } = enrollment;
  if (isResting(enrollment)) return null;
  const start = { label: say('お申し込み'), at: createdAt };
  if (stage === 'held' && releaseAt)
    return timeline(now, [start, { label: say('ログインできるようになる'), at: releaseAt }]);
  if (stage === 'probation' && probationEndsAt && !waitsForDesk(enrollment))
    return timeline(now, [start, { label: COMPLETED[kind], at: probationEndsAt }]);
  return null;
}

/** How the desk ended a case; `isUndone`: the newcomer had acted, and every witness has a mail about it. */
export interface DeskRefused {
  at: Date;
  isObjected: boolean;
  isUndone: boolean;
}

/** What the desk decided about an objection, for the newcomer. */
export interface DeskApproved {
  at: Date;
  name: string;
  caseNumber: string;
}

/** Null where it was not the desk that ended the case. */
export function deskRefusal(
  { stage, decidedAt, activatedAt }: Enrollment,
  isObjected: boolean,
): DeskRefused | null {
  if (stage !== 'refused' || !decidedAt) return null;
  return { at: decidedAt, isObjected, isUndone: activatedAt != null };
}

/** Null where no objection was decided: only the desk approves after one. */
export function deskApproval(
  { stage, decidedAt, applicant, caseNumber }: Enrollment,
  isObjected: boolean,
): DeskApproved | null {
  if (stage !== 'approved' || !decidedAt || !isObjected) return null;
  return { at: decidedAt, name: applicant, caseNumber };
}

function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1);
}

/** The newcomer as the addressee of a mail; without an account once that is gone. */
export function newcomerOf(enrollment: Enrollment): Addressee {
  const { account, corporation, applicant: name, applicantEmail, language } = enrollment;
  const { id: corporationId, name: corporationName } = corporation!;
  const email = applicantEmail!;
  return {
    ...(account && { accountId: account.id }),
    corporationId,
    corporationName,
    name,
    email,
    language,
  };
}

interface Staged {
  stage: CaseStage;
  activatedAt?: Date | null;
}

function stageInWords({ stage, activatedAt }: Staged): Sentence {
  return stage === 'refused' && !activatedAt ? APPLICATION_REFUSED : CASE_STAGES[stage];
}

/** For the desk, which knows whom it named, and that what it granted runs under another number. */
export function standingInWords({
  stage,
  activatedAt,
  namedPerson,
  applicantEmail,
  hasLost = false,
}: Staged &
  Pick<Enrollment, 'namedPerson' | 'applicantEmail'> &
  Partial<Pick<Enrollment, 'hasLost'>>): Sentence {
  if (hasLost) return OVERTAKEN;
  if (stage === 'objected' && namedPerson) return NAMED;
  const isGranted = stage === 'completed' && applicantEmail === null;
  return isGranted ? CASE_STAGES.approved : stageInWords({ stage, activatedAt });
}

export function stageForCompany(enrollment: Enrollment, isObjected: boolean): Sentence {
  const { stage, isUnproved, namedPerson } = enrollment;
  if (isObjected && isUnproved) return OBJECTED_UNPROVED;
  return stage === 'objected' && namedPerson ? NAMED : stageInWords(enrollment);
}

/** Of what somebody wrote to the desk. */
export function paragraphsOf(text: string | null | undefined): string[] {
  return text ? text.split('\n').filter((line) => line.trim() !== '') : [];
}
