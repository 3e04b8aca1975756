import { say, type Sentence } from '../web/sentence.js';
import type { CaseObstacle } from './case-rules.js';

export const CASE_OBSTACLES: Record<CaseObstacle, Sentence> = {
  'application-running': say(
    'ご本人がまだ登録を完了していないため、変更・利用停止・削除はできません。お心当たりがない場合は、お知らせのメールまたはTOPページから異議を申し立ててください。',
  ),
  'case-open': say(
    '管理者の追加登録の確認が終わるまで、以前からの管理者の方や、別のお手続きで登録された方の削除・利用停止・権限の変更はできません。',
  ),
  'case-at-desk': say(
    '異議申し立てがあり、担当窓口が確認しています。確認が終わるまで、この操作はできません。',
  ),
};

export function isCaseObstacle(reason: string): reason is CaseObstacle {
  return reason in CASE_OBSTACLES;
}
