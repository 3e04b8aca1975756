import type { Act } from '../audit/acts.js';
import type { Reason } from '../audit/reasons.js';
import { say, type Sentence } from '../web/sentence.js';

/** What callers speak of; the company's own log has words for everything. */
const ACTS: Partial<Record<Act, Sentence>> = {
  'sign-in': say('ログイン'),
  'sign-out': say('ログアウト'),
  'numbers-proof': say('法人番号とお振込先口座番号の確認'),
  'initial-registration': say('新規登録のお申し込み'),
  'succession-application': say('管理者の追加登録のお申し込み'),
  objection: say('異議の申し立て'),
  approval: say('管理者の追加登録の承認'),
  activation: say('登録の完了'),
  'activation-mail': say('登録完了のメールの再送'),
  'password-reset-request': say('再登録のお申し込み'),
  'password-reset': say('パスワードの再登録'),
  'password-change': say('パスワードの変更'),
  'second-factor-setup': say('2段階認証の設定'),
  'second-factor-removal': say('2段階認証の解除'),
  'email-change': say('メールアドレスの変更'),
  invitation: say('招待'),
  'invitation-acceptance': say('招待による登録'),
  'account-change': say('利用者の情報の変更'),
  'account-deletion': say('利用者の削除'),
  'account-restoration': say('削除した利用者の復元'),
  'account-suspension': say('利用の停止'),
  'account-release': say('利用の再開'),
  'sessions-ended': say('すべての端末からのログアウト'),
  'waits-end': say('待ち時間の終了'),
  'desk-mail': say('担当窓口からのメールの再送'),
  'ip-restriction-trial': say('IPアドレス制限の試行'),
  'ip-restriction-change': say('IPアドレス制限の変更'),
  'ip-restriction-confirmation': say('IPアドレス制限の確定'),
  'ip-restriction-ending': say('IPアドレス制限の試行の終了'),
  'ip-suspension': say('IPアドレス制限の一時停止'),
  'ip-request': say('接続元の許可の依頼'),
  'ip-emergency': say('緊急用チケットの使用'),
  'corporation-closing': say('法人の利用の終了'),
  'corporation-opening': say('法人の利用の再開'),
  'account-view': say('担当窓口による利用者の確認'),
  'corporation-view': say('担当窓口による法人の確認'),
};

const REASONS: Partial<Record<Reason, Sentence>> = {
  done: say('完了'),
  waiting: say('待ち時間中'),
  'password-wrong': say('パスワードの間違い'),
  'account-unknown': say('ログインIDの間違い'),
  'registration-unfinished': say('登録が未完了'),
  'account-suspended': say('利用停止中'),
  'account-deleted': say('削除済み'),
  'case-held': say('登録の確認待ち'),
  'corporation-closed': say('法人の利用終了'),
  'address-refused': say('許可されていない接続元'),
  'address-exhausted': say('同じネットワークからの失敗が多い'),
  'second-factor-needed': say('確認コードの入力待ち'),
  'second-factor-wrong': say('確認コードの間違い'),
  'numbers-unmatched': say('番号の不一致'),
  'by-mail': say('メールでの確認に移行'),
  'in-review': say('担当窓口の確認に移行'),
  'link-used': say('使用済みのURL'),
  'link-expired': say('期限切れのURL'),
  'link-replaced': say('新しいURLに置き換え済み'),
  'mail-limit': say('メールの回数の上限'),
  'mailbox-limit': say('メールの回数の上限'),
  'last-administrator': say('管理者がいなくなるため不可'),
  'state-changed': say('状態が変わったため不可'),
};

export function actInWords(act: Act): Sentence {
  return ACTS[act] ?? say('ほかの操作（{act}）', { act });
}

export function reasonInWords(reason: Reason): Sentence {
  return REASONS[reason] ?? say('不可（{reason}）', { reason });
}
