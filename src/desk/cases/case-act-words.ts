import { notice, type Notice } from '../../web/notices.js';
import { say } from '../../web/sentence.js';
import type { CaseWorkRefusal } from './case-work.js';

export const DONE_TO_CASE = {
  take: notice.success(say('事案 {number} の担当になりました。')),
  drop: notice.success(say('事案 {number} の担当を外しました。')),
  assign: notice.success(say('事案 {number} の担当を変更しました。')),
  note: notice.success(say('事案 {number} にメモを残しました。')),
  wait: notice.success(say('事案 {number} をお客様の返事待ちにしました。')),
  'go-on': notice.success(say('事案 {number} を対応に戻しました。')),
  close: notice.success(say('事案 {number} を完了にしました。')),
  reopen: notice.success(say('事案 {number} への対応を再開しました。')),
};

export type CaseAct = keyof typeof DONE_TO_CASE;

export const CASE_REFUSALS: Record<CaseWorkRefusal, Notice> = {
  'state-changed': notice.warning(
    say('事案 {number} の担当または状態が先に変わったため、操作は行われませんでした。'),
  ),
  'case-unknown': notice.warning(say('事案 {number} は、もうありません。')),
  'account-deleted': notice.warning(
    say('事案 {number} は、利用者の個人情報が消去されているため、再開できません。'),
  ),
  'case-open': notice.warning(say('事案 {number} は、判断をすると完了になります。')),
};

export const OPEN_AGAIN = notice.info(say('事案 {number} への対応は、すでに再開されています。'));

/** On the page of the other case. */
export const GOES_ON_HERE = notice.info(
  say('事案 {number} は再開していません。この件は、このページの事案に引き継がれています。'),
);

export function isCaseAct(text: string): text is CaseAct {
  return Object.hasOwn(DONE_TO_CASE, text);
}
