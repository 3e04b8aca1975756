import { browserInWords } from '../web/browser-name.js';

const SITE = 'https://genkan.example';
const TIME = new Date('2026-11-23T09:30:00Z');

/** What most mails say, of an invented person; a mail that says less ignores the rest. */
const COMMON = {
  corporationName: '株式会社みなと製作所',
  name: '佐藤 花子',
  loginId: 'sato-hanako',
  by: '鈴木 一郎',
  time: TIME,
  deadline: TIME,
  until: TIME,
  address: '192.0.2.10',
  browser: browserInWords({ system: 'Windows', browser: 'Chrome' }),
  url: `${SITE}/activation/...`,
  caseNumber: 'K7M2-9QXA',
};

const CASE = {
  applicant: '鈴木 一郎',
  mailDomain: 'minato[.]example',
  network: '192.0.2.0/24',
  isInitial: false,
  release: '',
  command: 'genkan enrollment show K7M2-9QXA',
};
const STATEMENT = ['鈴木は10月に着任しました。', '佐藤は9月に退職しています。'];
const DEED = { objectionUrl: `${SITE}/admin-enrollment/objection/...` };
const IP = { restricts: true, actorName: '鈴木 次郎', url: `${SITE}/ip-restriction` };
const ENTRY = { network: '192.0.2.0/24', label: '大阪支店', end: TIME, kept: true };
const NEW_EMAIL = { newEmail: 'h…@minato.example' };

/** Every mail by its name, in the order of the preview, with what it alone says. */
const MAILS: Record<string, object> = {
  activation: {},
  recovery: { codeUrl: `${SITE}/password-reset/code`, code: 'K7M2-9QXA' },
  recovered: {},
  invitation: { inviter: '鈴木 一郎', url: `${SITE}/invitation/...` },
  'role-changed': { isAdministrator: false },
  'desk-acted': { why: 'お電話で承りました', isFrozen: true, isReleased: false },
  'sessions-ended': {},
  'review-reminder': { url: `${SITE}/accounts/handover` },
  'application-proof': { url: `${SITE}/admin-enrollment/application/...` },
  'wrong-numbers-tried': { name: '' },
  'review-begun': {},
  'review-refused': {},
  'review-for-desk': { command: 'genkan review list' },
  'administrator-welcome': { ...CASE, isLoginIdTaken: false, otherId: false },
  'administrator-added': { ...CASE, url: DEED.objectionUrl, isBillingContact: false },
  'administrator-appointed': {},
  'application-queued': {},
  'application-withdrawn': { ...CASE, isDenied: false },
  'application-approved': CASE,
  'newcomer-frozen': CASE,
  'objection-received': { ...CASE, frozen: true, unproved: false },
  'objection-for-desk': {
    ...CASE,
    objector: '佐藤 花子',
    ownCase: '',
    statement: STATEMENT,
    frozen: true,
  },
  'statement-for-desk': { ...CASE, statement: STATEMENT, isNewcomer: true, witness: '' },
  'unwitnessed-for-desk': CASE,
  'desk-decided': { ...CASE, upheld: true, appointed: '' },
  'email-change-proof': { requestedBy: null, url: `${SITE}/email-change/...` },
  'email-change-requested': { ...NEW_EMAIL, requestedBy: '鈴木 一郎' },
  'email-changed': { ...NEW_EMAIL, url: `${SITE}/email-change/undo/...` },
  'email-change-undone': {},
  'password-changed': {},
  'new-environment': { url: `${SITE}/sign-in-report/...`, isFirst: false },
  'account-deleted': DEED,
  'account-restored': { ...DEED, isSuspended: false },
  'account-suspended': DEED,
  'account-released': DEED,
  'ip-request': { ...IP, requester: '鈴木 次郎', purpose: '在宅勤務のため' },
  'ip-request-approved': IP,
  'ip-request-refused': { word: '社内でご利用ください。' },
  'ip-emergency': { ...IP, user: '佐藤 花子', left: 9 },
  'ip-entries-end': { ...IP, entries: [ENTRY] },
  'ip-entries-kept': { ...IP, entries: [ENTRY] },
  'ip-suspended': { ...IP, reason: 'お客様からのお申し出' },
  'ip-trial-started': { ...IP, url: `${IP.url}/trial` },
  'ip-changed': IP,
  'ip-ended': { ...IP, actorName: null },
  test: {},
};

export const mailPreviews = Object.entries(MAILS).map(([mail, own]) => ({
  mail,
  model: { ...COMMON, ...own },
}));
