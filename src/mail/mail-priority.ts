import type { MailKind } from './mail-kinds.js';

/** The order of mails that wait: the lower ones first. */
export const MAIL_PRIORITY = { code: 0, notice: 1, reminder: 2 } as const;

export type MailPriority = (typeof MAIL_PRIORITY)[keyof typeof MAIL_PRIORITY];

/** Somebody waits in front of a page for these. */
const CODES: ReadonlySet<string> = new Set<MailKind>([
  'activation',
  'administrator-appointed',
  'administrator-welcome',
  'application-proof',
  'email-change-proof',
  'factor-enrolment',
  'factor-lost',
  'operator-set-up',
  'recovery',
  'test',
]);
const REMINDERS: ReadonlySet<string> = new Set<MailKind>([
  'ip-entries-end',
  // An import may write to every company at once.
  'master-data-changed',
  'review-reminder',
  'second-factor-reminder',
]);

/** Their link proves the mailbox, so they go also where others come back. */
export function provesMailbox(mail: string): boolean {
  return CODES.has(mail) || mail === 'invitation';
}

export function priorityOf(mail: string): MailPriority {
  if (CODES.has(mail)) return MAIL_PRIORITY.code;
  return REMINDERS.has(mail) ? MAIL_PRIORITY.reminder : MAIL_PRIORITY.notice;
}
