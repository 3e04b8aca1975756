import { DAY_SECONDS } from '../durations.js';
import type { Limit } from '../limits/limits.js';
import type { Visit } from '../web/visit.js';
import type { InvoiceNumbers } from './numbers.js';

export function caseLimit(id: string): Limit {
  return { key: `proof:case:${id}`, maximum: 5, seconds: DAY_SECONDS };
}

/** A company that does not exist has its budget too. */
export function companyLimit({ corporateNumber }: InvoiceNumbers): Limit {
  return { key: `proof:company:${corporateNumber}`, maximum: 10, seconds: DAY_SECONDS };
}

/** The /24 or /48, and with it each /64. */
export function networkLimit(
  lane: 'enrollment' | 'application' | 'mail' | 'recovery',
  { site }: Visit,
): Limit {
  return { key: `proof:network:${lane}:${site}`, maximum: 30, seconds: DAY_SECONDS };
}

export function exhaustedReason(key: string) {
  if (key.startsWith('proof:case:')) return 'case-exhausted';
  return key.startsWith('proof:network:') ? 'network-exhausted' : 'mailbox-exhausted';
}
