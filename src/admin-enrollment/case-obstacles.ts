import { say, type Sentence } from '../web/sentence.js';
import type { CaseObstacle } from './case-rules.js';

export const CASE_OBSTACLES: Record<CaseObstacle, Sentence> = {
  'case-open': say(
    '管理者の追加登録の確認が終わるまで、以前からの管理者の方の削除・利用停止・権限の変更はできません。',
  ),
  'case-at-desk': say(
    '異議申し立てがあり、担当窓口が確認しています。確認が終わるまで、この操作はできません。',
  ),
};
