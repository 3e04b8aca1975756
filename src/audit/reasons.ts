/**
 * The closed list of outcomes. Pages say less than this; audit rows and tests say just this.
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
  'service-exhausted',
  // the two numbers
  'numbers-unmatched',
  'case-exhausted',
  'company-exhausted',
  'network-exhausted',
  'in-review',
  // enrollment
  'administrators-exist',
  'registration-running',
  'login-id-taken',
  'mail-too-soon',
  'mail-limit',
  // links
  'ticket-unknown',
  'ticket-used',
  'ticket-expired',
  'ticket-replaced',
  // recovery
  'recovery-code-wrong',
  // access to the restriction
  'requests-exhausted',
  'entry-refused',
  'ip-ticket-wrong',
  'tickets-exhausted',
  // the IP restriction
  'trial-running',
  'trial-over',
  'trial-only',
  'edited-meanwhile',
  'nothing-changed',
  'no-administrator-admitted',
  // operators
  'rows-refused',
] as const;

export type Reason = (typeof reasons)[number];

/** What somebody tried to do. */
export type Act =
  | 'sign-in'
  | 'sign-out'
  | 'password-confirmation'
  | 'numbers-proof'
  | 'initial-registration'
  | 'registration-withdrawal'
  | 'activation'
  | 'activation-mail'
  | 'password-reset-request'
  | 'password-reset'
  | 'ip-request'
  | 'ip-request-approval'
  | 'ip-request-refusal'
  | 'ip-emergency'
  | 'ip-tickets'
  | 'ip-suspension'
  | 'review-decision'
  | 'ip-restriction-trial'
  | 'ip-restriction-change'
  | 'ip-restriction-confirmation'
  | 'ip-restriction-ending'
  | 'master-data-import';
