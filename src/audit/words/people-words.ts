import { say } from '../../web/sentence.js';
import type { ActWords } from './topics.js';

export const SIGNED_IN_BY_RECOVERY_CODE = say('リカバリーコードでログインしました');

/** The acts of people on themselves and on each other. */
export const PEOPLE_WORDS = {
  'sign-in': {
    topic: 'sign-in',
    done: say('ログインしました'),
    tried: say('ログインしようとしました'),
  },
  'sign-out': {
    topic: 'sign-in',
    done: say('ログアウトしました'),
    tried: say('ログアウトしようとしました'),
  },
  'password-confirmation': {
    topic: 'sign-in',
    done: say('重要な操作の前に、本人確認をしました'),
    tried: say('重要な操作の前に、本人確認をしようとしました'),
  },
  'page-access': {
    topic: 'sign-in',
    done: say('ページを開きました'),
    tried: say('権限のないページを開こうとしました'),
  },
  'session-end': {
    topic: 'sign-in',
    done: say('本人のほかの端末からログアウトしました'),
    tried: say('本人のほかの端末からログアウトしようとしました'),
  },
  'sign-in-report': {
    topic: 'sign-in',
    done: say('お心当たりのないログインとして届け出て、すべての端末からログアウトしました'),
    tried: say('お心当たりのないログインとして届け出ようとしました'),
  },
  'password-change': {
    topic: 'own',
    done: say('パスワードを変更しました'),
    tried: say('パスワードを変更しようとしました'),
  },
  'password-reset-request': {
    topic: 'own',
    done: say('パスワード再登録のメールを求めました'),
    tried: say('パスワード再登録のメールを求めようとしました'),
  },
  'password-reset': {
    topic: 'own',
    done: say('パスワードを再登録しました'),
    tried: say('パスワードを再登録しようとしました'),
  },
  'profile-change': {
    topic: 'own',
    done: say('本人の登録内容を変更しました'),
    tried: say('本人の登録内容を変更しようとしました'),
  },
  'language-change': {
    topic: 'own',
    done: say('表示とメールの言語を変更しました'),
    tried: say('表示とメールの言語を変更しようとしました'),
  },
  'email-change-request': {
    topic: 'own',
    done: say('{subject}のメールアドレスの変更を求めました'),
    tried: say('{subject}のメールアドレスの変更を求めようとしました'),
  },
  'email-change-cancellation': {
    topic: 'own',
    done: say('{subject}のメールアドレスの変更を、確認の前に取り消しました'),
    tried: say('{subject}のメールアドレスの変更を、確認の前に取り消そうとしました'),
  },
  'email-change': {
    topic: 'own',
    done: say('新しいメールアドレスを確認し、変更を完了しました'),
    tried: say('新しいメールアドレスを確認しようとしました'),
  },
  'email-change-undo': {
    topic: 'own',
    done: say('メールアドレスを変更前に戻しました'),
    tried: say('メールアドレスを変更前に戻そうとしました'),
  },
  invitation: {
    topic: 'people',
    done: say('{subject}を招待しました'),
    tried: say('{subject}を招待しようとしました'),
  },
  'invitation-again': {
    topic: 'people',
    done: say('{subject}に招待のメールを再送しました'),
    tried: say('{subject}に招待のメールを再送しようとしました'),
  },
  'invitation-cancellation': {
    topic: 'people',
    done: say('{subject}の招待を取り消しました'),
    tried: say('{subject}の招待を取り消そうとしました'),
  },
  'invitation-acceptance': {
    topic: 'people',
    done: say('招待を受けて、登録を完了しました'),
    tried: say('招待を受けて、登録を完了しようとしました'),
  },
  'account-change': {
    topic: 'people',
    done: say('{subject}の登録内容を変更しました'),
    tried: say('{subject}の登録内容を変更しようとしました'),
  },
  'sessions-ended': {
    topic: 'people',
    done: say('{subject}をすべての端末からログアウトさせました'),
    tried: say('{subject}をすべての端末からログアウトさせようとしました'),
  },
  'people-review': {
    topic: 'people',
    done: say('不要なアカウントの確認を終えました'),
    tried: say('不要なアカウントの確認を終えようとしました'),
  },
  'people-review-reminders': {
    topic: 'people',
    done: say('不要なアカウントの確認のお知らせについて、設定を変更しました'),
    tried: say('不要なアカウントの確認のお知らせについて、設定を変更しようとしました'),
  },
  'account-deletion': {
    topic: 'people',
    done: say('{subject}を削除しました'),
    tried: say('{subject}を削除しようとしました'),
  },
  'account-restoration': {
    topic: 'people',
    done: say('{subject}の削除を取り消し、元に戻しました'),
    tried: say('{subject}の削除を取り消そうとしました'),
  },
  'account-suspension': {
    topic: 'people',
    done: say('{subject}の利用を停止しました'),
    tried: say('{subject}の利用を停止しようとしました'),
  },
  'account-release': {
    topic: 'people',
    done: say('{subject}の利用を再開しました'),
    tried: say('{subject}の利用を再開しようとしました'),
  },
  'account-anonymisation': {
    topic: 'people',
    done: say('保存期間を過ぎた利用者の個人情報を消去しました'),
    tried: say('保存期間を過ぎた利用者の個人情報を消去しようとしました'),
  },
  'account-erasure': {
    topic: 'people',
    done: say('利用者を削除し、個人情報を消去しました'),
    tried: say('{subject}を削除し、個人情報を消去しようとしました'),
  },
  'account-view': {
    topic: 'people',
    done: say('{subject}のご利用の状況を確認しました'),
    tried: say('{subject}のご利用の状況を確認しようとしました'),
  },
  'accounts-export': {
    topic: 'files',
    done: say('利用者の一覧をダウンロードしました'),
    tried: say('利用者の一覧をダウンロードしようとしました'),
  },
  'log-export': {
    topic: 'files',
    done: say('操作の記録をダウンロードしました'),
    tried: say('操作の記録をダウンロードしようとしました'),
  },
} satisfies Record<string, ActWords>;
