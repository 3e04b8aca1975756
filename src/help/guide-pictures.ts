import { say, type Sentence } from '../web/sentence.js';

export type GuidePicture = keyof typeof guidePictures;

/**
 * What there is to see on each picture of a guide, `static/guide-LANGUAGE-NAME.webp`. The browser
 * tests make them, and frame what the step is about.
 */
export const guidePictures = {
  'login-registration': say('ログインページ。下にある「新規登録」を、枠で囲んで示しています。'),
  'login-recovery': say(
    'ログインページ。「ID、パスワードをお忘れの方は」に続く「こちら」を、枠で囲んで示しています。',
  ),
  'login-succession': say(
    'ログインページ。「前任者の異動などによりログインできない場合は」に続く「こちら」を、枠で囲んで示しています。',
  ),
  login: say(
    'ログインページ。IDとパスワードの下にある「ログイン」のボタンを、枠で囲んで示しています。',
  ),
  'registration-numbers': say(
    '新規登録の番号のページ。2つの番号の下にある「確認」のボタンを、枠で囲んで示しています。',
  ),
  'registration-confirmation': say(
    '新規登録の確認のページ。入力した内容の下にある「登録」のボタンを、枠で囲んで示しています。',
  ),
  'registration-activation': say(
    'メールのURLから開いた登録の確認のページ。「登録を完了する」のボタンを、枠で囲んで示しています。',
  ),
  'recovery-request': say(
    'パスワード再登録のページ。メールアドレスの下にある「送信」のボタンを、枠で囲んで示しています。',
  ),
  'recovery-sent': say(
    'パスワード再登録のメールを送ったことを知らせるページ。「あと1つ、お手続きが必要です」の案内を、枠で囲んで示しています。',
  ),
  'recovery-numbers': say(
    'パスワード再登録の番号のページ。2つの番号の下にある「確認」のボタンを、枠で囲んで示しています。',
  ),
  'recovery-password': say(
    '新しいパスワードのページ。2つの入力欄の下にある「確認」のボタンを、枠で囲んで示しています。',
  ),
  'recovery-confirmation': say(
    'パスワード再登録の確認のページ。「登録」のボタンを、枠で囲んで示しています。',
  ),
  'succession-opening': say(
    '管理者の追加登録の最初のページ。注意事項の下にある「登録へ進む」のボタンを、枠で囲んで示しています。',
  ),
  'succession-numbers': say(
    '管理者の追加登録の番号のページ。2つの番号の下にある「確認」のボタンを、枠で囲んで示しています。',
  ),
  'succession-confirmation': say(
    '管理者の追加登録の確認のページ。入力した内容の下にある「登録」のボタンを、枠で囲んで示しています。',
  ),
  'succession-activation': say(
    'メールのURLから開いた、前任者のいる会社での登録の確認のページ。「登録を完了する」のボタンを、枠で囲んで示しています。',
  ),
  top: say('TOPページ。「担当者情報変更」を、枠で囲んで示しています。'),
  'deletion-list': say(
    '利用者の一覧。名前の横に付けたチェックと、下にある「削除」のボタンを、枠で囲んで示しています。',
  ),
  'deletion-confirmation': say(
    'アカウント削除の確認のページ。削除する方の下にある「削除」のボタンを、枠で囲んで示しています。',
  ),
  'ip-draft': say(
    'IPアドレス制限の下書きのページ。入力欄の下にある「下書きに追加」のボタンを、枠で囲んで示しています。',
  ),
  'ip-check': say(
    'IPアドレス制限の確認のページ。影響の下にある「試行へ進む」のボタンを、枠で囲んで示しています。',
  ),
  'ip-trial': say(
    'IPアドレス制限の試行のページ。「試行を始める」のボタンを、枠で囲んで示しています。',
  ),
  'ip-confirmation': say('試行中のページ。「確定する」のボタンを、枠で囲んで示しています。'),
} satisfies Record<string, Sentence>;
