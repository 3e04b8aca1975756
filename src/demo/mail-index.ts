import type { MailKind } from '../mail/mail-kinds.js';
import { say, type Sentence } from '../web/sentence.js';

/** Who gets a mail, as the index of the previews is narrowed by. */
export const MAIL_READERS = {
  self: say('ご本人'),
  applicant: say('お申し込みの方'),
  administrators: say('管理者'),
  billing: say('ご請求先'),
  desk: say('担当窓口'),
} satisfies Record<string, Sentence>;

export type MailReader = keyof typeof MAIL_READERS;

interface MailChapter {
  title: Sentence;
  mails: Partial<Record<MailKind, MailReader>>;
}

/** Every mail in one chapter, with who gets it. */
export const MAIL_CHAPTERS: MailChapter[] = [
  {
    title: say('新規登録と追加登録'),
    mails: {
      activation: 'applicant',
      'application-proof': 'applicant',
      'application-queued': 'applicant',
      'application-approved': 'administrators',
      'application-decided': 'administrators',
      'application-withdrawn': 'administrators',
      'administrator-welcome': 'applicant',
      'administrator-added': 'administrators',
      'administrator-appointed': 'applicant',
      'review-begun': 'applicant',
      'review-refused': 'applicant',
      'wrong-numbers-tried': 'billing',
      'master-data-changed': 'billing',
      'newcomer-frozen': 'applicant',
      'objection-received': 'administrators',
      'desk-decided': 'administrators',
    },
  },
  {
    title: say('パスワード再登録'),
    mails: { recovery: 'self', recovered: 'self' },
  },
  {
    title: say('利用者の管理'),
    mails: {
      invitation: 'self',
      'role-changed': 'self',
      'administrator-made': 'administrators',
      'account-deleted': 'self',
      'account-restored': 'self',
      'account-suspended': 'self',
      'account-released': 'self',
      'sessions-ended': 'self',
      'review-reminder': 'administrators',
    },
  },
  {
    title: say('自分の情報とログイン'),
    mails: {
      'email-change-proof': 'self',
      'email-change-requested': 'self',
      'email-changed': 'self',
      'email-change-undone': 'self',
      'password-changed': 'self',
      'new-environment': 'self',
    },
  },
  {
    title: say('2段階認証'),
    mails: {
      'second-factor-reminder': 'self',
      'second-factor-policy': 'administrators',
      'second-factor-set-up': 'self',
      'second-factor-cleared': 'self',
      'second-factor-removed': 'self',
      'second-factor-exchanged': 'self',
      'second-factor-taken-off': 'self',
      'passkey-added': 'self',
      'passkey-removed': 'self',
      'passkey-copied': 'self',
      'recovery-codes-renewed': 'self',
      'recovery-code-used': 'self',
      'wrong-codes': 'self',
      'half-sign-in': 'self',
      'factor-lost': 'self',
      'factor-removal-begun': 'administrators',
      'factor-removal-ended': 'administrators',
      'factor-enrolment': 'self',
    },
  },
  {
    title: say('IPアドレス制限'),
    mails: {
      'ip-request': 'administrators',
      'ip-request-approved': 'self',
      'ip-request-granted': 'administrators',
      'ip-request-refused': 'self',
      'ip-emergency': 'administrators',
      'ip-entries-end': 'administrators',
      'ip-entries-kept': 'administrators',
      'ip-suspended': 'administrators',
      'ip-resumed': 'administrators',
      'ip-trial-started': 'administrators',
      'ip-changed': 'administrators',
      'ip-ended': 'administrators',
    },
  },
  {
    title: say('担当窓口からお客様へ'),
    mails: { 'desk-acted': 'self', 'corporation-closed': 'administrators', 'desk-answer': 'self' },
  },
  {
    title: say('担当窓口の仕事'),
    mails: {
      'contact-for-desk': 'desk',
      'questions-for-desk': 'desk',
      'review-for-desk': 'desk',
      'objection-for-desk': 'desk',
      'statement-for-desk': 'desk',
      'unwitnessed-for-desk': 'desk',
      'untold-for-desk': 'desk',
      'factor-removal-for-desk': 'desk',
      'desk-digest': 'desk',
      'operator-set-up': 'desk',
      'operator-changed': 'desk',
      'top-page-changed': 'desk',
      'operator-sign-in-changed': 'desk',
      'operator-wrong-codes': 'desk',
      'operator-recovery-code-used': 'desk',
      test: 'desk',
    },
  },
];
