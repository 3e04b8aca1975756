import type { Account } from '../identity/account.entity.js';
import { originOf } from '../mail/application-mails.js';
import { page, type Answer } from '../web/answers.js';
import { say } from '../web/sentence.js';
import type { Applicant } from './applicant.js';
import type { Enrollment } from './enrollment.entity.js';

/** What somebody applied for, when and from where: the reader of the mailbox knows it, or did not apply. */
export type ApplicationTerms = ReturnType<typeof mailedTerms>;

/** The terms of an application whose account waits for its activation; '' for a login ID that is chosen. */
export function newcomerTerms({
  account,
  enrollment,
}: {
  account: Account;
  enrollment: Enrollment | undefined;
}): ApplicationTerms {
  const { name, shownLoginId: loginId, corporation } = account;
  const whose = { corporationName: corporation.name, corporateNumber: '', name, loginId };
  return { ...whose, ...originOf(enrollment) };
}

/** The same of an application whose numbers are compared behind the link, so it names no company. */
export function mailedTerms(
  enrollment: Enrollment,
  { name, loginId }: Applicant,
  corporateNumber: string,
) {
  const whose = { corporationName: '', corporateNumber, name, loginId };
  return { ...whose, ...originOf(enrollment) };
}

/** 「申し込んでいません」 was pressed, now (200) or before (410). */
export function deniedPage(status: 200 | 410): Answer {
  return page('admin-enrollment/denied', say('お申し込みを取り消しました'), {}, { status });
}
