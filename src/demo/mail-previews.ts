import type { MailKind } from '../mail/mail-kinds.js';
import { browserInWords } from '../web/browser-name.js';
import { CASE_MAILS } from './case-mail-previews.js';
import { DESK_MAILS } from './desk-mail-previews.js';
import { FACTOR_MAILS } from './factor-mail-previews.js';
import { DEADLINE, DEED, SITE, TIME } from './preview-facts.js';

/** What most mails say, of an invented person; a mail that says less ignores the rest. */
const COMMON = {
  corporationName: '株式会社みなと製作所',
  name: '佐藤 花子',
  loginId: 'sato-hanako',
  by: '鈴木 一郎',
  time: TIME,
  deadline: DEADLINE,
  until: DEADLINE,
  address: '192.0.2.10',
  browser: browserInWords({ system: 'Windows', browser: 'Chrome' }),
  url: `${SITE}/activation/...`,
  caseNumber: 'K7M2-9QXA',
};

const UNDONE = { by: null, isOfCase: true };
const IP = { restricts: true, actorName: '鈴木 次郎', url: `${SITE}/ip-restriction` };
const REQUEST = { ...IP, requester: '佐藤 花子', purpose: '在宅勤務のため' };
const ENTRIES = [
  { network: '192.0.2.0/24', label: '大阪支店', end: TIME, kept: true },
  { network: '198.51.100.7', label: '在宅勤務（鈴木）', end: TIME, kept: false },
];
const NEW_EMAIL = { newEmail: 'h…@minato.example' };

const MADE = {
  person: '高橋 三郎',
  loginId: 'takahashi-3',
  personEmail: 's…@minato.example',
  isOwnWord: false,
  isInvited: false,
  isBillingContact: false,
  url: `${SITE}/accounts/...`,
};
const BILLING = {
  isEmailChanged: false,
  isAccountAdded: false,
  newEmail: 'k…@minato.example',
  isFormer: false,
};
const DESK_ACT = { why: 'お電話で承りました', isFrozen: false, isReleased: false };
const CLOSED = { why: 'ご契約の終了', isClosed: true };
const POLICY = { ofAdministrators: false, ofEverybody: false, url: `${SITE}/security` };
const REVIEW = { waiting: 3, command: 'genkan review list' };
const SIGN_IN = { url: `${SITE}/sign-in-report/...`, isFirst: false };
const LIFTED = { ...IP, restricts: false };

const QUESTION = {
  ...COMMON,
  number: 'R4TB-7NQE',
  email: 'hanako@minato.example',
  loginId: 'sato-demo',
  requestNumber: '8c1d02aa-91fe',
  path: '/ip-restriction/draft',
  message: ['下書きを保存できません。', 'ページにリクエスト番号が表示されています。'],
};
const OF_STRANGER = {
  ...QUESTION,
  loginId: null,
  requestNumber: '',
  path: '/',
  message: ['請求書をなくしました。'],
};

/**
 * Every mail by its name, in the order of the preview, with what it alone says; one that says one
 * thing or another stands there several times, `mail--variant`.
 */
const MAILS: Record<string, object> = {
  activation: { probationHours: 72 },
  'activation--of-a-former-version': { time: null },
  'activation--granted': { probationHours: 72, isGranted: true },
  'activation--objected': { isGranted: true, isObjected: true, waits: true },
  recovery: { codeUrl: `${SITE}/password-reset/code`, code: 'K7M2-9QXA', codeEndsAt: DEADLINE },
  'recovery--without-code': { requestUrl: `${SITE}/password-reset`, code: null },
  recovered: { suspender: '' },
  'recovered--suspended': { suspender: 'company' },
  'recovered--frozen': { suspender: 'desk' },
  invitation: { inviter: '鈴木 一郎', url: `${SITE}/invitation/...` },
  'role-changed': { isAdministrator: true },
  'role-changed--staff': { isAdministrator: false },
  'administrator-made': { ...MADE, isInvited: true },
  'administrator-made--promoted': MADE,
  'administrator-made--own-invitation': { ...MADE, isInvited: true, isOwnWord: true },
  'administrator-made--own-word': { ...MADE, isOwnWord: true },
  'administrator-made--to-billing': { ...MADE, isInvited: true, name: '', isBillingContact: true },
  'corporation-closed': CLOSED,
  'corporation-closed--opened': { ...CLOSED, isClosed: false },
  'corporation-closed--to-billing': { ...CLOSED, name: '' },
  'desk-acted': { ...DESK_ACT, isFrozen: true },
  'desk-acted--released': { ...DESK_ACT, isReleased: true },
  'desk-acted--sessions-ended': DESK_ACT,
  'sessions-ended': {},
  'review-reminder': { url: `${SITE}/accounts/handover` },
  'application-proof': { url: `${SITE}/admin-enrollment/application/...` },
  'wrong-numbers-tried': { name: '' },
  'master-data-changed': { ...BILLING, name: '', isEmailChanged: true, isFormer: true },
  'master-data-changed--account': { ...BILLING, name: '', isAccountAdded: true },
  'master-data-changed--without-contact': { ...BILLING, isEmailChanged: true },
  'review-begun': {},
  'review-refused': {},
  'contact-for-desk': QUESTION,
  'contact-for-desk--of-a-stranger': OF_STRANGER,
  'questions-for-desk': { questions: [OF_STRANGER, QUESTION], count: 2 },
  'review-for-desk': REVIEW,
  'review-for-desk--without-pages': { ...REVIEW, url: '' },
  ...CASE_MAILS,
  'email-change-proof': { requestedBy: null, url: `${SITE}/email-change/...` },
  'email-change-proof--requested': { requestedBy: '鈴木 一郎', url: `${SITE}/email-change/...` },
  'email-change-requested': { ...NEW_EMAIL, requestedBy: '鈴木 一郎', address: null },
  'email-change-requested--by-oneself': { ...NEW_EMAIL, requestedBy: null },
  'email-changed': { ...NEW_EMAIL, url: `${SITE}/email-change/undo/...` },
  'email-changed--requested': {
    ...NEW_EMAIL,
    url: `${SITE}/email-change/undo/...`,
    address: null,
  },
  'email-change-undone': {},
  'password-changed': {},
  'second-factor-reminder': { url: `${SITE}/me/second-factor`, isOfCompany: true },
  'second-factor-reminder--operator': { url: `${SITE}/me/second-factor`, isOfCompany: false },
  'second-factor-policy': POLICY,
  'second-factor-policy--administrators': { ...POLICY, ofAdministrators: true },
  'second-factor-policy--everybody': { ...POLICY, ofEverybody: true },
  ...FACTOR_MAILS,
  ...DESK_MAILS,
  'new-environment': SIGN_IN,
  'new-environment--first': { ...SIGN_IN, isFirst: true },
  'account-deleted': DEED,
  'account-deleted--by-oneself': { ...DEED, by: null, objectionUrl: null },
  'account-restored': { ...DEED, isSuspended: false },
  'account-restored--suspended': { ...DEED, isSuspended: true },
  'account-restored--of-a-case': { ...UNDONE, isSuspended: false },
  'account-suspended': DEED,
  'account-suspended--final': { ...DEED, objectionUrl: null },
  'account-released': DEED,
  'account-released--of-a-case': UNDONE,
  'ip-request': REQUEST,
  'ip-request-approved': IP,
  'ip-request-granted': { ...REQUEST, network: '192.0.2.10/32' },
  'ip-request-refused': { ...IP, word: '社内でご利用ください。' },
  'ip-emergency': { ...IP, user: '佐藤 花子', left: 9 },
  'ip-entries-end': { ...IP, entries: ENTRIES },
  'ip-entries-kept': { ...IP, entries: ENTRIES },
  'ip-resumed': { ...IP, reason: 'お客様からのお申し出' },
  'ip-suspended': { ...IP, reason: 'お客様からのお申し出' },
  'ip-trial-started': { ...IP, url: `${IP.url}/trial` },
  'ip-trial-started--lifted': { ...LIFTED, url: `${IP.url}/trial` },
  'ip-changed': IP,
  'ip-changed--lifted': LIFTED,
  'ip-ended': IP,
  'ip-ended--by-time': { ...LIFTED, actorName: null },
  test: {},
};

export const mailPreviews = Object.entries(MAILS).map(([name, own]) => ({
  name,
  mail: name.split('--')[0] as MailKind,
  model: { ...COMMON, ...own },
}));
