import { say, type Sentence } from '../../../web/sentence.js';

/** A text to begin an answer with, paragraph by paragraph. Whoever sends it changes what does not fit. */
interface AnswerTemplate {
  id: string;
  title: Sentence;
  paragraphs: Sentence[];
  /** Of a page that it leads to, on a line of its own. */
  path?: string;
}

const REPLY = say(
  'ご返信は、担当窓口のメールアドレスまたはお電話でお願いします。その際は、受付番号をお知らせください。',
);

export const ANSWER_TEMPLATES: AnswerTemplate[] = [
  {
    id: 'received',
    title: say('受け付けたことのご連絡'),
    paragraphs: [
      say('ご連絡をいただき、ありがとうございます。内容を確認しています。'),
      say('確認が終わりましたら、改めてご連絡します。いましばらくお待ちください。'),
    ],
  },
  {
    id: 'details',
    title: say('詳しい状況のお伺い'),
    paragraphs: [
      say(
        '状況を確認するため、お困りのページの名前、表示された文章とリクエスト番号、お使いの端末とブラウザーをお知らせください。',
      ),
      say('パスワードやお振込先口座番号は、お書きにならないでください。'),
      REPLY,
    ],
  },
  {
    id: 'telephone',
    title: say('お電話でのご本人確認のお願い'),
    paragraphs: [
      say(
        'ご本人を確認するため、担当窓口からお電話を差し上げます。ご都合のよい日時と電話番号をお知らせください。',
      ),
      REPLY,
    ],
  },
  {
    id: 'recovery',
    title: say('IDとパスワードの再登録のご案内'),
    paragraphs: [
      say(
        'ログインIDまたはパスワードをお忘れの場合は、次のページから再登録できます。お手続きには、請求書に記載の法人番号とお振込先口座番号が必要です。',
      ),
    ],
    path: '/password-reset',
  },
  {
    id: 'succession',
    title: say('管理者の追加登録のご案内'),
    paragraphs: [
      say(
        '貴社に管理者の方がいらっしゃる場合は、その方に利用者の追加をご依頼ください。管理者の方が分からない場合や、異動・退職されている場合は、次のページから管理者の追加登録をお申し込みいただけます。お手続きには、請求書に記載の法人番号とお振込先口座番号が必要です。',
      ),
    ],
    path: '/admin-enrollment',
  },
  {
    id: 'both-sides',
    title: say('管理者の交代の経緯のお伺い'),
    paragraphs: [
      say(
        '管理者の登録について、双方のお話を伺っています。引き継ぎの経緯と、社内で確認できる方のお名前とご連絡先をお知らせください。',
      ),
      REPLY,
    ],
  },
  {
    id: 'networks',
    title: say('IPアドレス制限の直し方のご案内'),
    paragraphs: [
      say(
        'お使いのIPアドレスが、貴社のIPアドレス制限に含まれていません。ほかの管理者の方がログインできる場合は、その方がIPアドレスを追加できます。',
      ),
      say(
        'どなたもログインできない場合は、担当窓口が一時的に制限を停止できます。お電話でご依頼ください。',
      ),
      REPLY,
    ],
  },
  {
    id: 'solved',
    title: say('解決の確認'),
    paragraphs: [
      say(
        'お困りの点は解決しましたでしょうか。解決していない場合や、ほかにご不明な点がある場合は、お知らせください。',
      ),
      REPLY,
    ],
  },
];
