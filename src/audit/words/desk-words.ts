import { say } from '../../web/sentence.js';
import type { ActWords } from './topics.js';

/** The acts of the desk's people; those of no company are about their own sign-in. */
export const DESK_WORDS = {
  'corporation-view': {
    topic: 'contract',
    done: say('法人のご利用の状況を確認しました'),
    tried: say('法人のご利用の状況を確認しようとしました'),
  },
  'waits-end': {
    topic: 'people',
    done: say('{subject}のログインの待ち時間を終わらせました'),
    tried: say('{subject}のログインの待ち時間を終わらせようとしました'),
  },
  'desk-mail': {
    topic: 'people',
    done: say('{subject}にメールを再送しました'),
    tried: say('{subject}にメールを再送しようとしました'),
  },
  'case-opening': {
    topic: 'contract',
    done: say('お申し出を受け付けました'),
    tried: say('お申し出を受け付けようとしました'),
  },
  'case-assignment': {
    topic: 'contract',
    done: say('お申し出の担当を変更しました'),
    tried: say('お申し出の担当を変更しようとしました'),
  },
  'case-closing': {
    topic: 'contract',
    done: say('お申し出への対応を完了しました'),
    tried: say('お申し出への対応を完了しようとしました'),
  },
  'case-reopening': {
    topic: 'contract',
    done: say('お申し出への対応を再開しました'),
    tried: say('お申し出への対応を再開しようとしました'),
  },
  'case-answer': {
    topic: 'contract',
    done: say('お申し出に、メールで回答しました'),
    tried: say('お申し出に、メールで回答しようとしました'),
  },
  'first-word-end': {
    topic: 'administrators',
    done: say('担当窓口の1人目の判断の効力がなくなりました'),
    tried: say('担当窓口の1人目の判断を取り消そうとしました'),
  },
  'desk-search': {
    topic: 'service',
    done: say('担当窓口のページで検索しました'),
    tried: say('担当窓口のページで検索しようとしました'),
  },
  'master-data-change': {
    topic: 'contract',
    done: say('法人の登録内容を、一覧の取り込みで変更しました'),
    tried: say('法人の登録内容を、一覧の取り込みで変更しようとしました'),
  },
  'import-upload': {
    topic: 'service',
    done: say('取り込むファイルの内容を確認しました'),
    tried: say('取り込むファイルの内容を確認しようとしました'),
  },
  'import-report': {
    topic: 'service',
    done: say('取り込みの報告書をダウンロードしました'),
    tried: say('取り込みの報告書をダウンロードしようとしました'),
  },
  'import-discard': {
    topic: 'service',
    done: say('取り込みを取り消しました'),
    tried: say('取り込みを取り消そうとしました'),
  },
  'operator-creation': {
    topic: 'service',
    done: say('担当窓口の方を追加しました'),
    tried: say('担当窓口の方を追加しようとしました'),
  },
  'operator-reset': {
    topic: 'service',
    done: say('担当窓口の方に、ログインの設定のやり直しを案内しました'),
    tried: say('担当窓口の方に、ログインの設定のやり直しを案内しようとしました'),
  },
  'operator-end': {
    topic: 'service',
    done: say('担当窓口の方の登録を終えました'),
    tried: say('担当窓口の方の登録を終えようとしました'),
  },
  'operator-role': {
    topic: 'service',
    done: say('担当窓口の方の役割を変更しました'),
    tried: say('担当窓口の方の役割を変更しようとしました'),
  },
  'desk-set-up': {
    topic: 'service',
    done: say('担当窓口のログインを設定しました'),
    tried: say('担当窓口のログインを設定しようとしました'),
  },
  'desk-sign-in': {
    topic: 'service',
    done: say('担当窓口のページにログインしました'),
    tried: say('担当窓口のページにログインしようとしました'),
  },
  'desk-sign-out': {
    topic: 'service',
    done: say('担当窓口のページからログアウトしました'),
    tried: say('担当窓口のページからログアウトしようとしました'),
  },
  'desk-confirmation': {
    topic: 'service',
    done: say('担当窓口のページで、重要な操作の前に本人確認をしました'),
    tried: say('担当窓口のページで、重要な操作の前に本人確認をしようとしました'),
  },
  'desk-password': {
    topic: 'service',
    done: say('担当窓口のパスワードを変更しました'),
    tried: say('担当窓口のパスワードを変更しようとしました'),
  },
  'desk-factor': {
    topic: 'service',
    done: say('担当窓口の2段階認証の設定を変更しました'),
    tried: say('担当窓口の2段階認証の設定を変更しようとしました'),
  },
  'desk-sessions-ended': {
    topic: 'service',
    done: say('担当窓口のページの、ほかの端末からログアウトしました'),
    tried: say('担当窓口のページの、ほかの端末からログアウトしようとしました'),
  },
} satisfies Record<string, ActWords>;
