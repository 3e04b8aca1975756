import { say, type Sentence } from '../web/sentence.js';

/** A question with its answer, `views/partials/help-NAME.hbs`. */
export interface Topic {
  name: string;
  question: Sentence;
  /** The guide that shows how to do it. */
  guide?: string;
}

export const topics: Topic[] = [
  {
    name: 'sign-in',
    question: say('ログインID・パスワードを入力したがログインができない。'),
    guide: 'guide-recovery',
  },
  {
    name: 'mail',
    question: say('ログインID・パスワード再設定用のメールが届かない。'),
    guide: 'guide-recovery',
  },
  {
    name: 'predecessor',
    question: say('前任者が異動・退職しログインID・パスワードが分からない。'),
    guide: 'guide-succession',
  },
  {
    name: 'leaving',
    question: say('退職・異動する方がいるときは、どうすればよいですか。'),
    guide: 'guide-deletion',
  },
  { name: 'inviting', question: say('利用者を追加したいときは、どうすればよいですか。') },
  {
    name: 'device',
    question: say('スマートフォンや電話番号が変わるときは、どうすればよいですか。'),
  },
  {
    name: 'second-factor',
    question: say('2段階認証の確認コードを入力できないときは、どうすればよいですか。'),
  },
  {
    name: 'changes',
    question: say('氏名や部署、会社の住所が変わったときは、どうすればよいですか。'),
  },
  { name: 'log', question: say('だれがいつ何をしたかを、確認できますか。') },
  { name: 'mistaken-deletion', question: say('間違えて削除した方を、元に戻せますか。') },
  {
    name: 'links',
    question: say(
      'メールに記載されたURLを開けないときや、期限が切れたときは、どうすればよいですか。',
    ),
  },
  {
    name: 'garbled',
    question: say('CSVファイルの文字が正しく表示されないときは、どうすればよいですか。'),
  },
  { name: 'numbers', question: say('法人番号・お振込先口座番号が分からない。') },
  {
    name: 'ip-restriction',
    question: say('IPアドレス制限によりログインできない。'),
    guide: 'guide-ip-restriction',
  },
];
