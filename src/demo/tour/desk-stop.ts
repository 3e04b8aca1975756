import { say } from '../../web/sentence.js';
import { DEMO_PASSWORD } from '../demo-companies.js';
import { form, step, type TourStop } from './tour-stop.js';

const NAKAI = 'nakai-desk';

/** The last one: the other side of what customers saw. */
export const deskStop: TourStop = {
  title: say('担当窓口としてお客様を助ける'),
  text: say(
    '担当窓口の中井さんとしてログインし、お客様の氏名で検索してください。開いたページには、なぜログインできないかと、お客様へのお答えが出ます。そのあと「事案」で、異議のあった登録を取り消してください。決定の前に、次の確認コードをもう一度入力し、もう一度ボタンを押します。承認するには、担当窓口の2名の判断が必要です。',
  ),
  enter: [{ label: say('検索する氏名'), value: '小川 亮' }],
  codes: [{ label: say('中井さんの確認コード'), loginId: NAKAI }],
  steps: [
    step(say('お客様のページで、なぜログインできないかを見る'), ['account-view']),
    step(say('異議のあった登録について、決定する'), ['case-decision']),
  ],
  start: form(say('担当窓口に中井さんとしてログイン'), '/desk/login', {
    loginId: NAKAI,
    password: DEMO_PASSWORD,
    next: '/desk',
  }),
};
