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
  'member-changed': { kind: 'success', sentence: say('変更を保存しました。') },
  'member-email-requested': {
    kind: 'success',
    sentence: say('新しいアドレスに確認のメールをお送りしました。確認が済むと変更されます。'),
  },
  'member-deleted': {
    kind: 'warning',
    sentence: say('この担当者は削除されているため、変更できません。'),
  },
  'member-not-signed-in': {
    kind: 'success',
    sentence: say('ログイン中の端末はありませんでした。'),
  },
  'member-sessions-ended': {
    kind: 'success',
    sentence: say('すべての端末でのログインを終了し、ご本人にメールでお知らせしました。'),
  },
  'people-reviewed': {
    kind: 'success',
    sentence: say('アカウントの確認が済んだことを記録しました。'),
  },
  'reminders-on': {
    kind: 'success',
    sentence: say('4月と10月に、確認のお願いを管理者の方へメールでお送りします。'),
  },
  'reminders-off': {
    kind: 'success',
    sentence: say('確認のお願いのメールをお送りしない設定にしました。'),
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
  'application-withdrawn': {
    kind: 'info',
    sentence: say('追加登録のお申し込みを取り消しました。'),
  },
  'case-approved': { kind: 'success', sentence: say('追加登録を承認しました。') },
  'case-objected': {
    kind: 'success',
    sentence: say('異議申し立てを受け付けました。担当窓口からご連絡します。'),
  },
  'case-not-decided': {
    kind: 'warning',
    sentence: say('お手続きの状況が変わったため、この操作は行えませんでした。'),
  },
  'statement-sent': { kind: 'success', sentence: say('ご説明を担当窓口へお送りしました。') },
  'statement-limit': {
    kind: 'warning',
    sentence: say(
      'ご説明をお送りできるのは、1日に3回までです。お急ぎの場合は、担当窓口までお電話ください。',
    ),
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
  'ip-request-sent': {
    kind: 'success',
    sentence: say('許可の依頼を管理者の方に送りました。結果はメールでお知らせします。'),
  },
  'ip-request-approved': {
    kind: 'success',
    sentence: say('依頼を許可し、依頼した方にメールでお知らせしました。'),
  },
  'ip-request-refused': {
    kind: 'success',
    sentence: say('依頼を断り、依頼した方にメールでお知らせしました。'),
  },
  'ip-emergency': {
    kind: 'warning',
    sentence: say(
      '緊急用チケットを使いました。30分のあいだ、IPアドレス制限の画面だけを使えます。変更は試行から始まります。',
    ),
  },
  'ip-tickets-renewed': {
    kind: 'success',
    sentence: say(
      '緊急用チケットを新しく発行しました。前に発行したものは、もう使えません。印刷するか書き写してください。',
    ),
  },
  'ip-not-restricted': {
    kind: 'info',
    sentence: say('IPアドレス制限を始めてから、緊急用チケットを発行してください。'),
  },
  'ip-draft-edited': {
    kind: 'success',
    sentence: say('下書きを保存しました。まだ反映されていません。'),
  },
  'ip-draft-discarded': { kind: 'success', sentence: say('下書きを破棄しました。') },
  'ip-applied': { kind: 'success', sentence: say('IPアドレス制限の設定を反映しました。') },
  'ip-confirmed': { kind: 'success', sentence: say('試行していた設定を確定しました。') },
  'ip-trial-stopped': {
    kind: 'success',
    sentence: say('試行を終了し、元の設定に戻しました。'),
  },
  'language-chosen': { kind: 'info', sentence: say('表示する言語を変更しました。') },
  'start-over': {
    kind: 'info',
    sentence: say('入力の途中で30分が過ぎたか、別の手順から開かれたため、最初の画面に戻りました。'),
  },
} as const;

export type Notice = keyof typeof notices;
