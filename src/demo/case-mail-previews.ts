import { DEADLINE, DEED, TIME } from './preview-facts.js';

const CASE = {
  applicant: '鈴木 一郎',
  mailDomain: 'minato[.]example',
  network: '192.0.2.0/24',
  isInitial: false,
  isProved: true,
  registeredAt: TIME,
  decidedAt: TIME,
  withdrawnAt: TIME,
  release: null,
  waitHours: 0,
  command: 'genkan enrollment show K7M2-9QXA',
};
const STATEMENT = ['鈴木は10月に着任しました。', '佐藤は9月に退職しています。'];
const INITIAL = { ...CASE, isInitial: true };
const UNPROVED = { ...INITIAL, isProved: false, registeredAt: null, frozen: false, unproved: true };
const DECIDED = {
  ...CASE,
  upheld: true,
  appointed: '',
  why: '登記簿と、お電話でのご説明を確認しました。',
  isNewcomer: false,
};
const STATED = { ...CASE, statement: STATEMENT };
const OBJECTION = { ...STATED, objector: '佐藤 花子', ownCase: '', frozen: true };
const WORDS = { ...STATED, isNewcomer: true, witness: '' };
const ADDED = {
  ...CASE,
  url: DEED.objectionUrl,
  isBillingContact: false,
  isProved: false,
  registeredAt: null,
  probationEndsAt: DEADLINE,
  hours: 72,
};
const PROVED = { isProved: true, registeredAt: TIME };
const BILLING = { name: '', isBillingContact: true };
const WELCOME = {
  ...CASE,
  isSuccession: true,
  probationHours: 72,
  isLoginIdTaken: false,
  otherId: false,
  hours: 0,
  asksFactor: false,
  waits: false,
};

const DELAYED = { isDelayed: true, waits: true };
const OBJECTED = { probationHours: 0, isGranted: true, isObjected: true, waits: true };

/** Mails of applications and cases, and what each alone says. */
export const CASE_MAILS: Record<string, object> = {
  'administrator-welcome': WELCOME,
  'administrator-welcome--held': {
    ...WELCOME,
    isLoginIdTaken: true,
    otherId: true,
    release: DEADLINE,
    ...DELAYED,
  },
  'administrator-welcome--with-factor': { ...WELCOME, hours: 24, asksFactor: true, ...DELAYED },
  'administrator-welcome--granted': { ...WELCOME, isGranted: true },
  'administrator-welcome--objected': { ...WELCOME, ...OBJECTED },
  'administrator-added': ADDED,
  'administrator-added--with-factor': { ...ADDED, waitHours: 24, probationEndsAt: null },
  'administrator-added--held': { ...ADDED, release: DEADLINE, probationEndsAt: null },
  'administrator-added--first': { ...ADDED, ...BILLING, isInitial: true, release: DEADLINE },
  'administrator-added--to-billing': { ...ADDED, ...BILLING },
  'administrator-added--proved': { ...ADDED, ...PROVED },
  'administrator-added--proved-and-held': { ...ADDED, ...PROVED, release: DEADLINE },
  'administrator-added--to-a-newcomer': { ...ADDED, ...PROVED, url: '' },
  'administrator-appointed': {},
  'application-queued': {},
  'application-decided': { ...CASE, granted: false },
  'application-decided--granted': { ...CASE, granted: true },
  'application-withdrawn': { ...CASE, isDenied: false },
  'application-withdrawn--first': { ...INITIAL, isDenied: false },
  'application-withdrawn--denied': { ...CASE, isDenied: true },
  'application-approved': { ...CASE, approver: '佐藤 花子', isNewcomer: false },
  'application-approved--to-newcomer': { ...CASE, approver: '佐藤 花子', isNewcomer: true },
  'newcomer-frozen': CASE,
  'objection-received': { ...CASE, frozen: true, unproved: false, hasWaited: false },
  'objection-received--unproved': { ...UNPROVED, hasWaited: false },
  'objection-received--at-desk': { ...CASE, frozen: false, unproved: false, hasWaited: false },
  'objection-received--queued': { ...UNPROVED, unproved: false, isQueued: true, hasWaited: false },
  'objection-received--has-waited': { ...CASE, frozen: true, unproved: false, hasWaited: true },
  'objection-for-desk': OBJECTION,
  'objection-for-desk--first': {
    ...OBJECTION,
    isInitial: true,
    objector: '',
    ownCase: 'P3T8-4WZC',
    statement: [],
    frozen: false,
  },
  'objection-for-desk--before': { ...OBJECTION, registeredAt: null, frozen: false },
  'objection-for-desk--without-pages': { ...OBJECTION, url: '' },
  'statement-for-desk': WORDS,
  'statement-for-desk--first': { ...WORDS, isInitial: true },
  'statement-for-desk--of-a-witness': { ...WORDS, isNewcomer: false, witness: '佐藤 花子' },
  'statement-for-desk--of-billing': { ...WORDS, isNewcomer: false },
  'unwitnessed-for-desk': CASE,
  'untold-for-desk': { ...CASE, waits: true },
  'desk-decided': DECIDED,
  'desk-decided--to-the-newcomer': { ...DECIDED, isNewcomer: true },
  'desk-decided--application-dismissed': { ...DECIDED, upheld: false, registeredAt: null },
  'desk-decided--dismissed': { ...DECIDED, upheld: false, appointed: '高橋 直美' },
  'desk-decided--dismissed-to-the-newcomer': { ...DECIDED, upheld: false, isNewcomer: true },
  'desk-decided--first': { ...DECIDED, isInitial: true },
  'desk-decided--first-dismissed': { ...DECIDED, isInitial: true, upheld: false },
};
