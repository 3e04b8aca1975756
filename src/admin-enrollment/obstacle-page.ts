import type { Config } from '../config.js';
import { unmatchedWhere } from '../corporations/refused-proof.js';
import { HOUR_MS } from '../durations.js';
import { page, type Answer } from '../web/answers.js';
import { say } from '../web/sentence.js';
import type { EnrollmentKind } from './enrollment.entity.js';

const TITLES = {
  'administrators-exist': say('すでに管理者が登録されています'),
  'no-administrators': say('管理者がまだ登録されていません'),
};

export type CompanyObstacle = keyof typeof TITLES;

/** Why the company takes no application now, and which way leads on; it names nobody. */
export function obstaclePage(
  obstacle: CompanyObstacle,
  status = 409,
  model: Record<string, unknown> = {},
): Answer {
  return page(`admin-enrollment/${obstacle}`, TITLES[obstacle], model, { status });
}

/** After the numbers: of when somebody can invite it tells what is so in every company. */
export function obstacleAtDoor(obstacle: CompanyObstacle, { enrollmentProbation }: Config): Answer {
  return obstaclePage(obstacle, 409, { probationHours: enrollmentProbation / HOUR_MS });
}

/** The mailbox is proved, and the desk, or another case of the company, comes first. */
export function waitingPage(waits: { reason: 'in-review' | 'queued'; caseNumber: string }): Answer {
  const { reason, caseNumber } = waits;
  if (reason === 'in-review') return underReviewPage(caseNumber);
  const title = say('登録のお申し込みを受け付けました');
  return page('admin-enrollment/application-queued', title, { caseNumber });
}

/** The mailbox is proved, and an administrator from before approves, or the time does. */
export function heldPage(release: Date): Answer {
  return page('admin-enrollment/activation-held', say('登録を確認しました'), { release });
}

/** People decide about the application, and nobody learns which numbers were right. */
export function underReviewPage(caseNumber: string): Answer {
  const title = say('登録のお申し込みを受け付けました');
  return page('admin-enrollment/under-review', title, { caseNumber });
}

/** The numbers match no company, or none any more. It leads back to the door that the person came in by. */
export function unmatchedPage(kind: EnrollmentKind, config: Config): Answer {
  const title = say('番号を確認できませんでした');
  const model = { sentence: unmatchedWhere(config).sentence, isInitial: kind === 'initial' };
  return page('admin-enrollment/mailed-numbers-unmatched', title, model, { status: 422 });
}
