import { page, type Answer } from '../web/answers.js';
import { say } from '../web/sentence.js';

const TITLES = {
  'administrators-exist': say('すでに管理者が登録されています'),
  'case-at-desk': say('担当窓口が確認しています'),
  'no-administrators': say('管理者がまだ登録されていません'),
};

export type CompanyObstacle = keyof typeof TITLES;

/** Why the company takes no application now, and which way leads on; it names nobody. */
export function obstaclePage(obstacle: CompanyObstacle, status = 409): Answer {
  return page(`admin-enrollment/${obstacle}`, TITLES[obstacle], {}, { status });
}

/** The mailbox is proved, and another case of the company comes first. */
export function queuedPage(caseNumber: string): Answer {
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
