import type { INestApplicationContext } from '@nestjs/common';
import { EntityManager } from '@mikro-orm/postgresql';
import { GrantOutlooks } from '../admin-enrollment/applications/grant-outlook.js';
import { CaseReports } from '../admin-enrollment/cases/case-reports.js';
import { Enrollment } from '../admin-enrollment/enrollment.entity.js';
import { say } from '../web/sentence.js';
import { besideLine, grantLines, inIso } from './applications-of-company.js';
import { done, refused, type CommandResult } from './command-result.js';
import { REASONS } from './enrollment.js';

/** An application that the desk reviews, or reviewed, and that never was a case of a company. */
export async function showReview(
  app: INestApplicationContext,
  caseNumber: string,
): Promise<CommandResult> {
  const reviewed = { caseNumber, state: { $ne: 'by-mail' as const } };
  const populate = ['corporation'] as const;
  const enrollment = await app.get(EntityManager).findOne(Enrollment, reviewed, { populate });
  if (!enrollment) return refused([`${caseNumber}: `, REASONS['case-unknown']]);
  const { kind, state, corporation, corporateNumber, applicant: name } = enrollment;
  const standing = await app.get(CaseReports).standing(enrollment);
  const outlook = await app.get(GrantOutlooks).of(enrollment);
  return done(
    `${caseNumber}  ${kind}  ${state}  ${corporation?.name ?? corporateNumber}`,
    say('お申し込みの方 {name}', { name }),
    say('接続元    {address}  ネットワーク {network}', {
      address: enrollment.address ?? '-',
      network: enrollment.network ?? '-',
    }),
    say('日時      お申し込み {applied}  メールアドレスの確認 {proved}', {
      applied: inIso(enrollment.createdAt),
      proved: inIso(enrollment.mailboxProvedAt),
    }),
    ...grantLines({ enrollment, administrators: standing.administrators }, outlook),
    ...standing.beside.map(besideLine),
  );
}
