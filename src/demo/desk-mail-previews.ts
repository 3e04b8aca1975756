import { SITE, TIME } from './preview-facts.js';

const CHANGED = {
  name: '田村',
  person: '中井',
  by: '大野',
  why: '電話で本人を確認',
  time: TIME,
  isAdded: false,
  isReset: false,
  isEnd: false,
};

/** The mails to the people of the desk, as in mail-previews.ts. */
export const DESK_MAILS: Record<string, object> = {
  'operator-set-up': { name: '中井', loginId: 'nakai', by: '田村', url: `${SITE}/desk/set-up/...` },
  'operator-changed': { ...CHANGED, isReset: true },
  'operator-changed--added': { ...CHANGED, why: '', isAdded: true },
  'operator-changed--ended': { ...CHANGED, isEnd: true },
  'operator-changed--role': CHANGED,
  'operator-sign-in-changed': { name: '中井', isPassword: true },
  'operator-sign-in-changed--factor': { name: '中井', isPassword: false },
  'operator-wrong-codes': { name: '中井' },
};
