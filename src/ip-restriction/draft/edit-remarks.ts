import { notice } from '../../web/notices.js';
import type { Pages } from '../../web/pages/pages.js';
import { say, type Sentence } from '../../web/sentence.js';
import type { Visit } from '../../web/visit.js';
import type { Draft } from './ip-drafts.js';

export const IP_DRAFT_EDITED = notice.success(
  say('下書きを保存しました。まだ反映されていません。'),
);

/** What an edit left out or advises stands on the page to which it led. Afterwards it reads like news. */
export function remarksOn({ told }: Pick<Draft, 'told'>, pages: Pages, visit: Visit): Sentence[] {
  return pages.noticeWaiting(visit)?.key === IP_DRAFT_EDITED.key ? told : [];
}
