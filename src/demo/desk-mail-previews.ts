import { say } from '../web/sentence.js';
import { DEADLINE, SITE, TIME } from './preview-facts.js';

const DIGEST = {
  overdue: 1,
  today: 2,
  fresh: 2,
  open: 5,
  lost: 1,
  cases: [
    {
      number: 'K7M2-9QXA',
      kind: '管理者の登録の判断',
      who: say('{name} 様（{company}）', { name: '鈴木 一郎', company: '青葉商事株式会社' }),
      dueAt: DEADLINE,
    },
    {
      number: 'R4TB-7NQE',
      kind: 'お問い合わせ',
      who: say('{name} 様（未確認）', { name: '山本 花' }),
      dueAt: DEADLINE,
      isAnswerLost: true,
    },
  ],
  url: `${SITE}/desk/cases`,
};

const CHANGED = {
  name: '田村',
  person: '中井',
  loginId: 'nakai',
  address: 'n…@genkan.example',
  isNowLead: false,
  by: '大野',
  why: '電話で本人を確認',
  time: TIME,
  isAdded: false,
  isReset: false,
  isEnd: false,
  isFactor: false,
};

/** The mails to the people of the desk, as in mail-previews.ts. */
export const DESK_MAILS: Record<string, object> = {
  'desk-answer': {
    paragraphs: [
      ['ご連絡をいただき、ありがとうございます。', '内容を確認しています。'],
      ['いましばらくお待ちください。'],
    ],
  },
  'desk-answer--to-a-party': { url: `${SITE}/admin-enrollment/cases/...`, takesReply: true },
  'desk-answer--to-billing': { takesReply: true },
  'desk-answer--without-a-company': { corporationName: '', paragraphs: [['確認しています。']] },
  'desk-digest': DIGEST,
  'operator-set-up': { name: '中井', loginId: 'nakai', by: '田村', url: `${SITE}/desk/set-up/...` },
  'operator-changed': { ...CHANGED, isReset: true },
  'operator-changed--added': { ...CHANGED, why: '', isAdded: true },
  'operator-changed--factor': { ...CHANGED, by: '中井', why: '', isFactor: true },
  'operator-changed--ended': { ...CHANGED, isEnd: true },
  'operator-changed--role': { ...CHANGED, isLead: true, isNowLead: true },
  'top-page-changed': {
    name: '中井',
    by: '田村',
    isNotices: false,
    what: '「契約書類」を変更',
    was: ['契約書類 / documents.genkan.example/ / アイコン：書類'],
    is: ['契約書類 / contracts.genkan.example/ / アイコン：書類'],
    time: TIME,
  },
  'top-page-changed--notices': {
    name: '',
    by: '田村',
    isNotices: true,
    what: '「年末年始の営業」を追加',
    was: [],
    is: ['年末年始の営業 / 12月29日から1月3日までお休みします。 / 2026-12-15から'],
    time: TIME,
  },
  'operator-sign-in-changed': { name: '中井', isPassword: true },
  'operator-sign-in-changed--factor': { name: '中井', isPassword: false },
  'operator-wrong-codes': { name: '中井' },
  'operator-recovery-code-used': { name: '中井', left: 7 },
  'operator-recovery-code-used--last': { name: '中井', left: 0, isSignIn: true },
};
