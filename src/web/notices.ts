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
  'company-limit': {
    kind: 'warning',
    sentence: say(
      '短い時間にたくさんの招待が送られています。1時間ほど待ってから、もう一度お試しください。',
    ),
  },
  'invitation-sent-again': {
    kind: 'success',
    sentence: say('招待のメールをもう一度お送りしました。以前のメールのURLは使えなくなりました。'),
  },
  'invitation-cancelled': {
    kind: 'success',
    sentence: say('招待を取り消しました。お送りしたメールのURLは使えなくなりました。'),
  },
  'invitation-over': {
    kind: 'info',
    sentence: say('この招待は、登録が済んだか、取り消されたか、新しい招待に替わっています。'),
  },
  'not-waiting': {
    kind: 'info',
    sentence: say('登録はすでに完了しているか、取り消されています。'),
  },
  'registration-withdrawn': {
    kind: 'info',
    sentence: say('登録をいったん取り消しました。内容を直して、もう一度「確認」を押してください。'),
  },
  'profile-changed': { kind: 'success', sentence: say('登録内容を変更しました。') },
  'password-changed': {
    kind: 'success',
    sentence: say(
      'パスワードを変更しました。ほかの端末でのログインは終了しました。ほかの端末では、新しいパスワードでログインしてください。',
    ),
  },
  'session-ended': { kind: 'success', sentence: say('選んだ端末でのログインを終了しました。') },
  'sessions-ended': { kind: 'success', sentence: say('ほかの端末でのログインを終了しました。') },
  'email-change-requested': {
    kind: 'success',
    sentence: say(
      '新しいメールアドレスに確認のメールをお送りしました。メールに記載されたURLを開くと、変更が完了します。',
    ),
  },
  'email-change-sent-again': {
    kind: 'success',
    sentence: say('確認のメールを、もう一度お送りしました。いちばん新しいメールをご覧ください。'),
  },
  'email-change-cancelled': {
    kind: 'success',
    sentence: say('メールアドレスの変更を取り消しました。メールアドレスは変わっていません。'),
  },
  'email-change-over': {
    kind: 'info',
    sentence: say('確認を待っているメールアドレスの変更はありません。'),
  },
  'language-chosen': { kind: 'info', sentence: say('表示する言語を変更しました。') },
  'start-over': {
    kind: 'info',
    sentence: say('入力の途中で30分が過ぎたか、別の手順から開かれたため、最初の画面に戻りました。'),
  },
} as const;

export type Notice = keyof typeof notices;
