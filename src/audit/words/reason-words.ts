import { say, type Sentence } from '../../web/sentence.js';
import type { Reason } from '../reasons.js';

const MAILS = say('メールを送信できる回数の上限に達していました');
const LOGIN_ID = say('選ばれたログインIDは使えませんでした');
const CASE = say('管理者の登録を確認中でした');
const AT_DESK = say('異議申し立てがあり、担当窓口が確認中でした');
const DECIDED = say('すでに決定していました');
const OVER = say('すでに終わっていました');
const NUMBERS = say('番号が一致しませんでした');
const OFTEN = say('試された回数が上限に達していました');

/**
 * Why something was refused, or how it goes on, as people of the company may know it. Several
 * reasons share words where their difference would tell of somebody else's mailbox or login ID.
 */
export const REASON_WORDS: Record<Reason, Sentence> = {
  done: say('完了'),
  waiting: say('失敗が続いたため、確認しませんでした'),
  'account-unknown': say('利用者が見つかりませんでした'),
  'password-wrong': say('パスワードが違いました'),
  'registration-unfinished': say('登録が完了していませんでした'),
  'account-suspended': say('アカウントが停止されていました'),
  'account-deleted': say('アカウントが削除されていました'),
  'corporation-closed': say('ご契約が終了していました'),
  'address-refused': say('許可されていないネットワークからでした'),
  'address-exhausted': say('同じ接続元からの失敗が多いため、確認しませんでした'),
  'not-administrator': say('管理者ではない方でした'),
  'on-probation': say('確認期間中の管理者でした'),
  'not-lead': say('責任者ではない方でした'),
  'not-of-company': say('この会社にはないページでした'),
  'all-failures': say('失敗が多くありました'),
  'numbers-unmatched': NUMBERS,
  'invoice-unmatched': NUMBERS,
  'invoices-missing': NUMBERS,
  'case-exhausted': OFTEN,
  'mailbox-exhausted': OFTEN,
  'network-exhausted': OFTEN,
  'by-mail': say('続きはメールで行われます'),
  'in-review': say('担当窓口が審査します'),
  queued: say('先のお申し込みが終わるのを待ちます'),
  'no-administrators': say('管理者がいないため、新規登録が必要でした'),
  'case-held': say('管理者の登録が確認待ちでした'),
  'case-objected': say('異議申し立てがあり、担当窓口が確認します'),
  'case-approved': say('すでに承認されていました'),
  'case-over': DECIDED,
  'case-closed': say('対応の完了したお申し出でした'),
  'witness-dismissed': say('異議を申し立てられる方ではなくなっていました'),
  'case-unknown': say('受付番号が見つかりませんでした'),
  'not-waiting': DECIDED,
  'not-applied': say('メールを受け取った方から、申し込んでいないと届け出がありました'),
  'case-queued': say('先のお申し込みが終わっていませんでした'),
  'case-open': CASE,
  'case-at-desk': AT_DESK,
  'application-running': say('本人の登録が完了していませんでした'),
  'same-operator': say('担当窓口の別の方による確認が必要でした'),
  'operator-bound': say('2人は、一方が他方を追加した間柄などでした'),
  'operator-new': say('2人目の方は、設定から24時間がたっていませんでした'),
  'appointment-missing': say('指名された方がいませんでした'),
  'appointment-other': say('別の方が指名されていました'),
  'mailbox-unproved': say('申し込んだ方のメールアドレスが確認されるまで、お預かりします'),
  'newcomer-erased': say('登録した方の個人情報は消去されていました'),
  'second-person-needed': say('担当窓口の2人目の判断を待ちます'),
  'not-entitled': say('この操作ができる方ではありませんでした'),
  'desk-decides': say('担当窓口が決定します'),
  'frozen-by-desk': say('担当窓口が停止していました'),
  'administrators-exist': say('管理者がすでに登録されていました'),
  'login-id-taken': LOGIN_ID,
  'login-id-needed': say('ログインIDの入力が必要でした'),
  'login-id-is-password': LOGIN_ID,
  'mail-too-soon': say('メールは送信したばかりでした'),
  'mail-limit': MAILS,
  'network-mail-limit': MAILS,
  'person-mail-limit': MAILS,
  'mailbox-limit': MAILS,
  'link-unknown': say('URLが正しくありませんでした'),
  'link-used': say('URLは使用済みでした'),
  'link-expired': say('URLの期限が切れていました'),
  'link-replaced': say('より新しいURLが送られていました'),
  'email-unchanged': say('現在のメールアドレスと同じでした'),
  'email-change-over': OVER,
  'company-limit': MAILS,
  'company-run-limit': MAILS,
  'invitation-cancelled': say('招待は取り消されていました'),
  'invitation-void': say('招待した方が管理者ではなくなっていました'),
  'invitation-over': say('招待は終わっていました'),
  'invitation-in-hand': say('同じ招待の処理中でした'),
  'login-id-exhausted': say('ログインIDを試された回数が上限に達していました'),
  'changed-meanwhile': say('ほかの方が先に変更していました'),
  'last-administrator': say('ログインできる管理者がいなくなるところでした'),
  'newcomer-alone': say('登録されて間もない管理者だけになるところでした'),
  unconfirmed: say('もう一度の確認が必要でした'),
  'recovery-code-wrong': say('メールのコードが違いました'),
  'own-account': say('自分のアカウントには行えない操作でした'),
  'state-changed': say('アカウントやご契約の状態が合いませんでした'),
  'too-late': say('元に戻せる期間を過ぎていました'),
  'requests-exhausted': say('1日に依頼できる回数の上限に達していました'),
  'request-over': OVER,
  'entry-refused': say('設定に追加できないIPアドレスでした'),
  'ip-ticket-wrong': say('使えるチケットではありませんでした'),
  'tickets-exhausted': OFTEN,
  'trial-running': say('ほかの設定を試行中でした'),
  'trial-over': say('試行は終わっていました'),
  'trial-only': say('試行からしか始められない操作でした'),
  'not-restricted': say('IPアドレス制限が設定されていませんでした'),
  'not-suspended': say('IPアドレス制限は一時停止されていませんでした'),
  'edited-meanwhile': say('下書きが先に変更されていました'),
  'nothing-changed': say('変更がありませんでした'),
  'no-administrator-admitted': say('利用できる管理者がいなくなるところでした'),
  'corporation-unknown': say('法人が見つかりませんでした'),
  'mail-returned': say('宛先のメールサーバーが受け取りませんでした'),
  'rows-refused': say('取り込めない行がありました'),
  'second-factor-needed': say('2段階認証が必要でした'),
  'second-factor-wrong': say('確認コードが違いました'),
  'sign-in-over': say('確認コードの入力まで時間がかかり、やり直しになりました'),
  'second-factor-missing': say('2段階認証の設定が先に必要でした'),
  'second-factor-minimum': say('サービス全体の決まりより緩くはできませんでした'),
  'passkeys-full': say('登録できるパスキーの数の上限に達していました'),
  'removal-running': say('解除のお手続きがすでに進んでいました'),
  'removal-over': OVER,
  'mailbox-changed': say('メールアドレスが変更されたばかりでした'),
  'name-taken': say('同じ名前の方がいました'),
  'mailbox-taken': say('同じメールアドレスの方がいました'),
  'last-lead': say('責任者がいなくなるところでした'),
  'last-factor': say('2段階認証がなくなるところでした'),
};

/** Not done, and not refused either: it goes on elsewhere, or later. */
export const GOES_ON: ReadonlySet<Reason> = new Set([
  'by-mail',
  'in-review',
  'queued',
  'case-objected',
  'mailbox-unproved',
  'not-applied',
  'desk-decides',
  'second-person-needed',
]);

/** Rows may have reasons that only a newer version knows, as acts. */
export function reasonInWords(reason: string): Sentence {
  const known = (REASON_WORDS as Partial<Record<string, Sentence>>)[reason];
  return known ?? say('新しいバージョンで加わった理由です');
}
