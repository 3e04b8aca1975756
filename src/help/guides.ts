import { say, type Sentence } from '../web/sentence.js';
import type { GuidePicture } from './guide-pictures.js';

export interface Step {
  sentence: Sentence;
  /** What helps when the step does not work. */
  hint?: Sentence;
  /** In its place where the newest invoice is asked too. */
  hintWithInvoice?: Sentence;
  /** Of the page that the step is about. */
  picture: GuidePicture;
}

/** How to do something, step by step, as a chapter of the manual tells it. */
export interface Guide {
  name: string;
  title: Sentence;
  /** Where the first step begins, and what its button says. */
  path: string;
  begin: Sentence;
  steps: Step[];
}

const NUMBERS = {
  sentence: say('法人番号とお振込先口座番号を入力し、「確認」を押します。'),
  hint: say('2つの番号は、月々のご請求書に記載されています。'),
};

/** Of those who come to administer a company. */
const ALL_NUMBERS = {
  ...NUMBERS,
  hintWithInvoice: say(
    'いちばん新しいご請求書か、その1つ前のご請求書をご用意ください。請求書番号（請求書番号のないご請求書では請求金額）も入力します。',
  ),
};

export const guides: Guide[] = [
  {
    name: 'guide-registration',
    title: say('はじめて登録する'),
    path: '/initiate',
    begin: say('新規登録へ進む'),
    steps: [
      {
        sentence: say('ログインページの「新規登録」を押し、「登録へ進む」を押します。'),
        picture: 'login-registration',
      },
      { ...ALL_NUMBERS, picture: 'registration-numbers' },
      {
        sentence: say('必要な項目を入力して「確認」を押し、内容を確かめて「登録」を押します。'),
        picture: 'registration-confirmation',
      },
      {
        sentence: say('届いたメールのURLを開き、「登録を完了する」を押します。'),
        hint: say('メールが届かないときは、登録の最後のページから再送できます。'),
        picture: 'registration-activation',
      },
      { sentence: say('決めたIDとパスワードでログインします。'), picture: 'login' },
    ],
  },
  {
    name: 'guide-recovery',
    title: say('IDとパスワードを再登録する'),
    path: '/password-reset',
    begin: say('パスワード再登録へ進む'),
    steps: [
      {
        sentence: say('ログインページの「ID、パスワードをお忘れの方は」の「こちら」を押します。'),
        picture: 'login-recovery',
      },
      {
        sentence: say('ご登録のメールアドレスを入力し、「送信」を押します。'),
        hint: say('メールアドレスが分からないときは、管理者の追加登録を行ってください。'),
        picture: 'recovery-request',
      },
      {
        sentence: say('届いたメールのURLを開きます。URLは24時間で期限切れとなります。'),
        picture: 'recovery-sent',
      },
      { ...NUMBERS, picture: 'recovery-numbers' },
      {
        sentence: say(
          '新しいパスワードを2回入力し、「確認」を押します。ログインIDもこのページで確認できます。',
        ),
        picture: 'recovery-password',
      },
      {
        sentence: say('「登録」を押すと完了です。新しいパスワードでログインします。'),
        picture: 'recovery-confirmation',
      },
    ],
  },
  {
    name: 'guide-succession',
    title: say('前任者に代わって管理者を登録する'),
    path: '/admin-enrollment',
    begin: say('管理者の追加登録へ進む'),
    steps: [
      {
        sentence: say(
          'ログインページの「前任者の異動などによりログインできない場合は」の「こちら」を押します。',
        ),
        picture: 'login-succession',
      },
      {
        sentence: say('注意事項を確かめ、「登録へ進む」を押します。'),
        picture: 'succession-opening',
      },
      { ...ALL_NUMBERS, picture: 'succession-numbers' },
      {
        sentence: say('必要な項目を入力して「確認」を押し、内容を確かめて「登録」を押します。'),
        hint: say('以前からの管理者の方にも、登録があったことをメールでお知らせします。'),
        picture: 'succession-confirmation',
      },
      {
        sentence: say('届いたメールのURLを開き、「登録を完了する」を押してから、ログインします。'),
        picture: 'succession-activation',
      },
      { sentence: say('不要になった前任者のアカウントを削除します。'), picture: 'deletion-list' },
    ],
  },
  {
    name: 'guide-deletion',
    title: say('不要なアカウントを削除する'),
    path: '/accounts',
    begin: say('担当者情報変更へ進む'),
    steps: [
      { sentence: say('TOPページの「担当者情報変更」を押します。'), picture: 'top' },
      {
        sentence: say('削除するアカウントにチェックを付け、「削除」を押します。'),
        picture: 'deletion-list',
      },
      {
        sentence: say('内容を確かめ、もう一度「削除」を押すと完了です。'),
        hint: say('30日以内であれば、元に戻せます。'),
        picture: 'deletion-confirmation',
      },
    ],
  },
  {
    name: 'guide-ip-restriction',
    title: say('IPアドレスを制限する'),
    path: '/ip-restriction',
    begin: say('IPアドレス制限へ進む'),
    steps: [
      {
        sentence: say('ログインを認めるIPアドレスを、下書きに追加します。'),
        hint: say('今お使いのIPアドレスは、ページに表示されます。'),
        picture: 'ip-draft',
      },
      {
        sentence: say('確認のページで、ログインできなくなる方がいないかを確かめます。'),
        picture: 'ip-check',
      },
      {
        sentence: say('試行を始めます。確定しないまま時間が過ぎると、自動で元の設定に戻ります。'),
        picture: 'ip-trial',
      },
      {
        sentence: say('ログインできることを確かめ、「確定する」を押します。'),
        hint: say('表示される緊急用チケットは、印刷して安全な場所に保管してください。'),
        picture: 'ip-confirmation',
      },
    ],
  },
];
