import { say } from '../../web/sentence.js';
import { DEMO_PASSWORD, demoCompanies, type DemoCompany } from '../demo-companies.js';
import { newestOf } from '../demo-invoices.js';
import { ELSEWHERE_ADDRESS } from '../elsewhere.js';
import { deskStop } from './desk-stop.js';
import { factorStops } from './factor-stops.js';
import { form, link, signIn, step, type TourStop } from './tour-stop.js';

const [aoba, minato, tsubame] = demoCompanies as [DemoCompany, DemoCompany, DemoCompany];

/** In the order of the story that they tell. */
export const tourStops: TourStop[] = [
  {
    title: say('会社を登録する'),
    text: say(
      '青葉商事株式会社には、まだ利用者がいません。請求書に記載された2つの番号で、最初の管理者を登録します。届いたメールのURLを開くと、登録が完了します。',
    ),
    enter: [...numbersOf(aoba), { label: say('メールアドレス'), value: 'aoki@aoba.example' }],
    newest: newestOf(aoba),
    steps: [
      step(say('番号と登録内容を入力して、申し込む'), ['initial-registration']),
      step(say('メールのURLを開いて、登録を完了する'), ['initial-registration', 'activation']),
    ],
    start: link(say('新規登録を開く'), '/initiate'),
  },
  {
    title: say('ログインする'),
    text: say(
      '髙橋 𠮷彦 様として、はじめはわざと違うパスワードを入力してください。次に正しいパスワードでログインします。失敗があったことは、TOPページでご本人にお知らせします。',
    ),
    enter: [
      { label: say('ID'), value: 'takahashi-demo' },
      { label: say('パスワード'), value: DEMO_PASSWORD },
    ],
    steps: [
      step(say('違うパスワードを入力する'), [['sign-in', 'password-wrong']]),
      step(say('正しいパスワードでログインする'), [['sign-in', 'password-wrong'], 'sign-in']),
    ],
    start: form(say('ログインページを開く'), '/logout'),
  },
  {
    title: say('パスワードを忘れる'),
    text: say(
      '鈴木 一郎 様は、IDもパスワードも忘れました。登録したメールアドレスに届くURLと請求書の2つの番号で、ご自分だけで再登録できます。',
    ),
    enter: [{ label: say('メールアドレス'), value: 'suzuki@minato.example' }, ...numbersOf(minato)],
    steps: [
      step(say('再登録のメールを申し込む'), ['password-reset-request']),
      step(say('新しいパスワードを登録する'), ['password-reset']),
    ],
    start: link(say('パスワード再登録を開く'), '/password-reset'),
  },
  {
    title: say('前任者から引き継ぐ'),
    text: say(
      '株式会社みなと製作所の佐藤 花子 様が、引き継ぎをせずに退職したとします。後任の方は、請求書の2つの番号で管理者になれます。佐藤 様と請求先には、すぐにメールで知らせます。',
    ),
    enter: [...numbersOf(minato), { label: say('メールアドレス'), value: 'yamada@minato.example' }],
    newest: newestOf(minato),
    steps: [
      step(say('後任の方として申し込む'), ['succession-application']),
      step(say('メールのURLを開いて、登録を完了する'), ['succession-application', 'activation']),
    ],
    start: link(say('管理者の追加登録を開く'), '/admin-enrollment'),
  },
  {
    title: say('前任者として異議を申し立てる'),
    text: say(
      '佐藤 様は退職していませんでした。佐藤 様に届いたメールのURLから、異議を申し立ててください。後任の方のご利用はその場で停止し、担当窓口が双方のお話を伺います。',
    ),
    enter: [],
    steps: [step(say('メールのURLを開いて、異議を申し立てる'), ['objection'])],
    start: link(say('佐藤 様のメールを開く'), '/dev/mailbox?to=sato@minato.example'),
  },
  {
    title: say('利用者を招待し、管理する'),
    text: say(
      '有限会社つばめ運輸の田中 健 様として、新しい方を招待します。ログインIDとパスワードは、招待された方がメールのURLを開いて決めます。そのあと、その方の権限を変更するか、利用を停止してください。',
    ),
    enter: [{ label: say('メールアドレス'), value: 'kobayashi@tsubame.example' }],
    steps: [
      step(say('招待する'), ['invitation']),
      step(say('招待のメールのURLを開いて、登録する'), ['invitation-acceptance']),
      step(
        say('変更、利用停止、削除のどれかを行う'),
        ['account-change'],
        ['account-suspension'],
        ['account-deletion'],
      ),
    ],
    start: signIn(say('田中 様としてはじめる'), 'tanaka-demo', '/accounts'),
  },
  {
    title: say('自分のメールアドレスを変え、取り消す'),
    text: say(
      '伊藤 美咲 様として、自分のメールアドレスを変更します。新しいアドレスで確かめると切り替わり、元のアドレスには取り消すためのURLが届きます。',
    ),
    enter: [{ label: say('新しいメールアドレス'), value: 'ito.misaki@tsubame.example' }],
    steps: [
      step(say('変更を申し込む'), ['email-change-request']),
      step(say('新しいアドレスのメールで確かめる'), ['email-change']),
      step(say('元のアドレスのメールで取り消す'), ['email-change', 'email-change-undo']),
    ],
    start: signIn(say('伊藤 様としてはじめる'), 'ito-demo', '/me/email'),
  },
  {
    title: say('IPアドレスを制限する'),
    text: say(
      '田中 健 様として、ログインできる場所を今の接続元だけにします。設定は試行から始まり、確定しなければ自動で元に戻ります。確定すると緊急用チケットが発行されます。番号を1つ控えてください。',
    ),
    enter: [],
    steps: [
      step(say('接続元を追加して、試行を始める'), ['ip-restriction-trial']),
      step(say('時間内に確定する'), ['ip-restriction-confirmation']),
    ],
    start: signIn(say('田中 様としてはじめる'), 'tanaka-demo', '/ip-restriction'),
  },
  {
    title: say('締め出されて、戻る'),
    text: say(
      '外出先（{address}）からのアクセスに切り替えて、田中 健 様としてログインしてください。アクセス制限エラーになったら、控えた緊急用チケットで入ります。担当窓口が制限を一時停止する方法もあります。',
      { address: ELSEWHERE_ADDRESS },
    ),
    enter: [
      {
        label: say('担当窓口のコマンド'),
        value: `npm run genkan -- suspend-ip-restriction ${tsubame.corporateNumber} --hours 1 --reason 'お電話で承りました'`,
      },
    ],
    steps: [
      step(say('外出先からログインし、アクセス制限エラーになる'), [['sign-in', 'address-refused']]),
      step(
        say('緊急用チケットで入るか、担当窓口が制限を一時停止する'),
        ['ip-emergency'],
        ['ip-suspension'],
      ),
    ],
    start: form(say('外出先に切り替える'), '/dev/place', { place: 'elsewhere' }),
    startElsewhere: signIn(say('外出先から田中 様としてログイン'), 'tanaka-demo', '/'),
  },
  ...factorStops,
  deskStop,
];

function numbersOf({ corporateNumber, transferAccountNumber }: DemoCompany): TourStop['enter'] {
  return [
    { label: say('法人番号'), value: corporateNumber },
    { label: say('お振込先口座番号'), value: transferAccountNumber },
  ];
}
