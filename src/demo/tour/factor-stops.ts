import { say } from '../../web/sentence.js';
import { signIn, step, type TourStop } from './tour-stop.js';

const WATANABE = 'watanabe-demo';
const CODES = [{ label: say('渡辺 様の確認コード'), loginId: WATANABE }];

/** About the second factor. */
export const factorStops: TourStop[] = [
  {
    title: say('2段階認証でログインする'),
    text: say(
      '有限会社つばめ運輸の渡辺 舞 様は、2段階認証を設定しています。ログインするときは、認証アプリに表示される6桁の確認コードも入力します。デモでは、下のコードをお使いください。コードは30秒ごとに変わり、1回だけ使えます。',
    ),
    enter: [],
    codes: CODES,
    steps: [
      step(say('パスワードのあとに、確認コードを入力してログインする'), [
        ['sign-in', 'second-factor-needed'],
        'sign-in',
      ]),
    ],
    start: signIn(say('渡辺 様としてはじめる'), WATANABE, '/me/second-factor'),
  },
  {
    title: say('会社の2段階認証を決める'),
    text: say(
      '渡辺 様として、会社の管理者に2段階認証の設定を求めます。決める前に、まだ設定していない方と、その方の期限を確認できます。期限までの14日間は、これまでどおりログインできます。',
    ),
    enter: [],
    codes: CODES,
    steps: [step(say('設定を求める方を決める'), ['second-factor-policy'])],
    start: signIn(say('渡辺 様としてセキュリティ設定を開く'), WATANABE, '/security'),
  },
  {
    title: say('認証アプリが使えなくなる'),
    text: say(
      '小川 亮 様が、認証アプリの入ったスマートフォンを失くしました。ログインの途中で案内を受け取ると、どの管理者に頼めばよいかをメールでお知らせします。そのあと渡辺 様としてログインし、担当者情報変更から小川 様の2段階認証を解除してください。解除の前に、次の確認コードをもう一度入力します。',
    ),
    enter: [],
    codes: CODES,
    steps: [
      step(say('小川 様として、お手続きの案内を受け取る'), ['lost-factor-request']),
      step(say('渡辺 様として、小川 様の2段階認証を解除する'), ['second-factor-removal']),
    ],
    start: signIn(say('小川 様としてはじめる'), 'ogawa-demo', '/'),
  },
];
