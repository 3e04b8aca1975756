/**
 * The closed list of outcomes. Audit rows, returned refusals and tests use these words; pages say
 * less.
 */
export const reasons = [
  'done',
  // sign-in
  'waiting',
  'account-unknown',
  'password-wrong',
  'registration-unfinished',
  'account-suspended',
  'account-deleted',
  'corporation-closed',
  'address-refused',
  'address-exhausted',
  // the second factor
  'second-factor-needed',
  'second-factor-wrong',
  'sign-in-over',
  'second-factor-missing',
  'second-factor-minimum',
  'passkeys-full',
  // a lost second factor
  'removal-running',
  'removal-over',
  'mailbox-changed',
  // counted by the hour
  'all-failures',
  // the two numbers
  'numbers-unmatched',
  'invoice-unmatched',
  'invoices-missing',
  'case-exhausted',
  'mailbox-exhausted',
  'network-exhausted',
  'by-mail',
  'in-review',
  // enrollment
  'queued',
  'no-administrators',
  'case-held',
  'case-objected',
  'case-approved',
  'case-over',
  'witness-dismissed',
  'case-unknown',
  'not-waiting',
  'not-applied',
  'case-queued',
  'case-open',
  'case-at-desk',
  'application-running',
  'same-operator',
  'appointment-missing',
  'appointment-other',
  'mailbox-unproved',
  'newcomer-erased',
  'second-person-needed',
  'not-entitled',
  'desk-decides',
  'frozen-by-desk',
  'administrators-exist',
  'login-id-taken',
  'login-id-needed',
  'login-id-is-password',
  'mail-too-soon',
  'mail-limit',
  'network-mail-limit',
  'person-mail-limit',
  'mailbox-limit',
  // links
  'link-unknown',
  'link-used',
  'link-expired',
  'link-replaced',
  // own account
  'email-unchanged',
  'email-change-over',
  // invitations
  'company-limit',
  'company-run-limit',
  'invitation-cancelled',
  'invitation-void',
  'invitation-over',
  'invitation-in-hand',
  'login-id-exhausted',
  // people
  'changed-meanwhile',
  'last-administrator',
  'newcomer-alone',
  'unconfirmed',
  // recovery
  'recovery-code-wrong',
  // members
  'own-account',
  'state-changed',
  'too-late',
  // access to the restriction
  'requests-exhausted',
  'request-over',
  'entry-refused',
  'ip-ticket-wrong',
  'tickets-exhausted',
  // the IP restriction
  'trial-running',
  'trial-over',
  'trial-only',
  'not-restricted',
  'edited-meanwhile',
  'nothing-changed',
  'no-administrator-admitted',
  // operators
  'corporation-unknown',
  'rows-refused',
] as const;

export type Reason = (typeof reasons)[number];

export type Act =
  | 'sign-in'
  | 'sign-out'
  | 'password-confirmation'
  | 'numbers-proof'
  | 'proof-alarm'
  | 'initial-registration'
  | 'registration-withdrawal'
  | 'succession-application'
  | 'succession-withdrawal'
  | 'approval'
  | 'objection'
  | 'newcomer-statement'
  | 'witness-statement'
  | 'case-decision'
  | 'appointment'
  | 'appointment-confirmation'
  | 'activation'
  | 'activation-mail'
  | 'password-reset-request'
  | 'password-reset'
  | 'profile-change'
  | 'language-change'
  | 'password-change'
  | 'second-factor-setup'
  | 'second-factor-removal'
  | 'passkey-renaming'
  | 'second-factor-test'
  | 'second-factor-report'
  | 'recovery-codes'
  | 'lost-factor-request'
  | 'lost-factor'
  | 'lost-factor-objection'
  | 'lost-factor-cancellation'
  | 'lost-factor-enrolment'
  | 'trust-end'
  | 'second-factor-policy'
  | 'session-end'
  | 'sign-in-report'
  | 'email-change-request'
  | 'email-change-cancellation'
  | 'email-change'
  | 'email-change-undo'
  | 'invitation'
  | 'invitation-again'
  | 'invitation-cancellation'
  | 'invitation-acceptance'
  | 'account-change'
  | 'sessions-ended'
  | 'people-review'
  | 'people-review-reminders'
  | 'ip-request'
  | 'ip-request-approval'
  | 'ip-request-refusal'
  | 'ip-refusal'
  | 'ip-emergency'
  | 'ip-tickets'
  | 'ip-suspension'
  | 'review-decision'
  | 'account-deletion'
  | 'account-restoration'
  | 'account-suspension'
  | 'account-release'
  | 'account-anonymisation'
  | 'accounts-export'
  | 'ip-restriction-trial'
  | 'ip-restriction-change'
  | 'ip-restriction-confirmation'
  | 'ip-restriction-ending'
  | 'master-data-import'
  | 'invoice-import'
  | 'log-retention'
  | 'log-export'
  | 'corporation-closing'
  | 'corporation-opening'
  | 'account-view'
  | 'account-erasure'
  | 'mail-search'
  | 'operator-creation'
  | 'key-rotation';
