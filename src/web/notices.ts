import { say } from './sentence.js';

/** The closed list of sentences that are shown once, after a redirect. */
export const notices = {
  'signed-out': { kind: 'success', sentence: say('ログアウトしました。') },
  activated: {
    kind: 'success',
    sentence: say('登録が完了しました。ログインIDとパスワードを入力してログインしてください。'),
  },
  'mail-sent-again': {
    kind: 'success',
    sentence: say('登録のご案内のメールを、もう一度お送りしました。'),
  },
  'recovery-sent-again': {
    kind: 'success',
    sentence: say(
      'パスワード再登録のご案内を、もう一度お送りしました。いちばん新しいメールをご覧ください。',
    ),
  },
  'mail-too-soon': {
    kind: 'warning',
    sentence: say('メールはお送りしたばかりです。3分ほど待ってから、もう一度お試しください。'),
  },
  'mail-limit': {
    kind: 'warning',
    sentence: say(
      'このメールアドレスへメールを送信できる回数を超えました。1時間ほど待ってから、もう一度お試しください。',
    ),
  },
  'not-waiting': {
    kind: 'info',
    sentence: say('登録はすでに完了しているか、取り消されています。'),
  },
  'registration-withdrawn': {
    kind: 'info',
    sentence: say('登録をいったん取り消しました。内容を直して、もう一度「確認」を押してください。'),
  },
  'nobody-chosen': {
    kind: 'warning',
    sentence: say(
      '削除する担当者が選ばれていません。左端のチェックを付けてから「削除」を押してください。',
    ),
  },
  'own-account-deleted': {
    kind: 'success',
    sentence: say('ご自分のアカウントを削除し、ログアウトしました。'),
  },
  'account-restored': {
    kind: 'success',
    sentence: say('担当者を元に戻しました。ご本人にメールでお知らせしています。'),
  },
  'account-suspended': {
    kind: 'success',
    sentence: say('担当者の利用を停止しました。ご本人にメールでお知らせしています。'),
  },
  'account-released': {
    kind: 'success',
    sentence: say('担当者の利用を再開しました。ご本人にメールでお知らせしています。'),
  },
  'language-chosen': { kind: 'info', sentence: say('表示する言語を変更しました。') },
  'start-over': {
    kind: 'info',
    sentence: say('入力の途中で30分が過ぎたか、別の手順から開かれたため、最初の画面に戻りました。'),
  },
} as const;

export type Notice = keyof typeof notices;
