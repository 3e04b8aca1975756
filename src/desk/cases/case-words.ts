import type { CaseKind, DeskCaseState } from '../../cases/desk-case.entity.js';
import { say, type Sentence } from '../../web/sentence.js';

export const CASE_KIND_WORDS: Record<CaseKind, Sentence> = {
  review: say('登録のお申し込みの審査'),
  succession: say('管理者の登録の判断'),
  untold: say('管理者の登録のお知らせが届かない'),
  'lost-factor': say('2段階認証の紛失'),
  'lock-out': say('ログイン・登録できない'),
  'ip-restriction': say('IPアドレス制限でログインできない'),
  question: say('お問い合わせ'),
};

/** As chips show them. */
export const CASE_STATES: Record<DeskCaseState, { tone: string; text: Sentence }> = {
  new: { tone: 'info', text: say('新規') },
  'in-work': { tone: 'warning', text: say('対応中') },
  waiting: { tone: 'neutral', text: say('お客様の返事待ち') },
  done: { tone: 'success', text: say('完了') },
};
