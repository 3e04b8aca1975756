import type { GrantOutlook } from '../admin-enrollment/applications/grant-outlook.js';
import type { CaseReport } from '../admin-enrollment/cases/case-reports.js';
import type { Enrollment } from '../admin-enrollment/enrollment.entity.js';
import { say } from '../web/sentence.js';
import type { Line } from './command-result.js';
import { REVIEW_REASONS } from './review.js';

/** What the desk's word does to an application that waits for it, or did to one that waits for its turn. */
export function grantLines(
  found: Pick<CaseReport, 'enrollment' | 'administrators'>,
  outlook: GrantOutlook,
): Line[] {
  const { enrollment, administrators } = found;
  const { kind, obstacle, behind } = outlook;
  if (enrollment.state !== 'review' && enrollment.state !== 'queued') return [];
  const names = administrators.map(({ name }) => name).join('、') || '-';
  const numbers = behind.join('、');
  return [
    say('今の管理者 {names}', { names }),
    obstacle
      ? [say('承認      今はできません：'), REVIEW_REASONS[obstacle]]
      : behind.length === 0
        ? say('承認      {kind} としてすぐに始まります', { kind })
        : say('承認      {kind} として、{numbers} が終わると始まります', { kind, numbers }),
  ];
}

export function besideLine(enrollment: Enrollment): Line {
  const { caseNumber, kind, stage, applicant: name, applicantEmail, namedPerson } = enrollment;
  const facts = { caseNumber, kind, stage, name, email: applicantEmail ?? '-' };
  return [
    say('ほかの申込 {caseNumber}  {kind}  {stage}  {name}  {email}', facts),
    ...(namedPerson ? [say('（{name} を指名、確認済み）', { name: namedPerson })] : []),
    say('  お申し込み {applied}  メールアドレスの確認 {proved}  接続元 {address}', {
      applied: inIso(enrollment.createdAt),
      proved: inIso(enrollment.mailboxProvedAt ?? enrollment.activatedAt),
      address: enrollment.address ?? '-',
    }),
  ];
}

export function inIso(moment: Date | null | undefined): string {
  return moment ? moment.toISOString() : '-';
}
