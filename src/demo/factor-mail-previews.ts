import { say } from '../web/sentence.js';
import { DEADLINE, SITE } from './preview-facts.js';

const LOST = { url: null, names: [], runsUntil: null, isAtDesk: false };
const REMOVAL = {
  person: '佐藤 花子',
  endsAt: new Date('2026-11-26T09:30:00Z'),
  url: `${SITE}/lost-factor/objection/...`,
  isOwn: false,
  isBillingContact: false,
  isOfDesk: false,
  isFinal: false,
};
const ENDED = {
  ...REMOVAL,
  isCancelled: false,
  isObjected: false,
  isTakenOff: false,
  isOff: false,
  isClosed: false,
};
const FOR_DESK = { ...REMOVAL, corporateNumber: '1234567890123', isObjected: false, objector: '' };
const TAKEN_OFF = { person: '佐藤 花子', isOwn: true, dueAt: null };

/** The mails about second factors, as in mail-previews.ts. */
export const FACTOR_MAILS: Record<string, object> = {
  'second-factor-set-up': { url: `${SITE}/second-factor-report/...`, isNewcomer: false },
  'second-factor-set-up--of-a-newcomer': { url: null, isNewcomer: true },
  'second-factor-cleared': { isReported: true },
  'second-factor-cleared--by-the-desk': { isReported: false },
  'second-factor-removed': { dueAt: null },
  'second-factor-removed--of-a-company-that-asks': { dueAt: DEADLINE },
  'second-factor-exchanged': {},
  'second-factor-taken-off': TAKEN_OFF,
  'second-factor-taken-off--to-another': { ...TAKEN_OFF, isOwn: false },
  'passkey-added': { passkey: '会社のパソコン' },
  'passkey-copied': { passkey: '会社のパソコン' },
  'passkey-removed': { passkey: '会社のパソコン' },
  'recovery-codes-renewed': {},
  'recovery-code-used': { left: 7, usedFor: say('ログイン中の本人確認') },
  'recovery-code-used--recovery': { left: 7, isRecovery: true, usedFor: say('パスワード再登録') },
  'recovery-code-used--last': { left: 0, isSignIn: true, usedFor: say('ログイン') },
  'recovery-code-used--refused': { left: 0, isRefused: true, usedFor: say('ログイン') },
  'wrong-codes': {},
  'half-sign-in': {},
  'factor-lost': { ...LOST, url: `${SITE}/lost-factor/...` },
  'factor-lost--running': { ...LOST, runsUntil: DEADLINE },
  'factor-lost--to-ask': { ...LOST, names: ['鈴木 一郎', '高橋 直美'] },
  'factor-lost--at-the-desk': LOST,
  'factor-lost--new-mailbox': { ...LOST, isMailboxNew: true },
  'factor-lost--objected': { ...LOST, isAtDesk: true },
  'factor-removal-begun': REMOVAL,
  'factor-removal-begun--own': { ...REMOVAL, isOwn: true },
  'factor-removal-begun--by-the-desk': {
    ...REMOVAL,
    address: '',
    url: null,
    isOfDesk: true,
    isFinal: true,
  },
  'factor-removal-begun--own-by-the-desk': { ...REMOVAL, isOwn: true, address: '', isOfDesk: true },
  'factor-removal-ended': ENDED,
  'factor-removal-ended--cancelled': { ...ENDED, isCancelled: true },
  'factor-removal-ended--objected': { ...ENDED, isObjected: true },
  'factor-removal-ended--taken-off': { ...ENDED, isTakenOff: true },
  'factor-removal-ended--off': { ...ENDED, isOff: true },
  'factor-removal-ended--closed': { ...ENDED, isClosed: true },
  'factor-enrolment': { url: `${SITE}/lost-factor/enrolment/...` },
  'factor-removal-for-desk': FOR_DESK,
  'factor-removal-for-desk--objected': { ...FOR_DESK, isObjected: true, objector: '鈴木 一郎' },
  'factor-removal-for-desk--by-billing': { ...FOR_DESK, isObjected: true },
};
