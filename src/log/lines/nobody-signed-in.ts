import type { Act } from '../../audit/acts.js';
import type { Reason } from '../../audit/reasons.js';
import { say } from '../../web/sentence.js';
import type { NamedEntry } from './named-entries.js';

/** As a company's log names whom none of its accounts is. */
export const DESK = say('担当窓口');
export const BILLING_CONTACT = say('ご請求先');
export const APPLICANT = say('お手続き中の方');
export const SYSTEM = say('自動処理');

/** What witnesses do by the link of a mail. The billing contact alone has no account. */
export const ACTS_OF_WITNESSES: readonly Act[] = [
  'objection',
  'witness-statement',
  'lost-factor-objection',
  'first-word-end',
];

/** With others the link was not known to be anybody's. */
export const DONE_BY_WITNESSES: readonly Reason[] = [
  'done',
  'case-objected',
  'desk-decides',
  'mailbox-unproved',
];

export function isOfBillingContact({ accountId, act, reason }: NamedEntry): boolean {
  const isWitness = ACTS_OF_WITNESSES.includes(act) && DONE_BY_WITNESSES.includes(reason);
  return isWitness && accountId === null;
}
