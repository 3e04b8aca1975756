import { say, type Sentence } from '../web/sentence.js';
import type { CaseStage } from './enrollment.entity.js';

const CASE_STAGES: Record<CaseStage, Sentence> = {
  'by-mail': say('メールでの確認待ち'),
  review: say('担当窓口が確認中'),
  queued: say('順番待ち'),
  'awaiting-activation': say('ご本人の確認待ち'),
  held: say('承認待ち'),
  probation: say('確認期間中'),
  completed: say('完了'),
  approved: say('承認済み'),
  objected: say('異議申し立て中'),
  withdrawn: say('取り消し'),
  expired: say('期限切れ'),
  refused: say('担当窓口が取り消し'),
};

export function stageInWords(stage: CaseStage): Sentence {
  return CASE_STAGES[stage];
}
