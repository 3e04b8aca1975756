import type { InvoiceRefusal } from './newest-invoice.js';

export interface ProvenCorporation {
  id: string;
  name: string;
}

/** What was shown, judged; nobody is proved but by `provenBy`. */
export interface Judged {
  /** The active company that the two numbers belong to. */
  matched: ProvenCorporation | undefined;
  /** Why its newest invoice was not shown; null when it was, or none is asked. */
  invoiceRefusal: InvoiceRefusal | null;
}

/** All of a proof that is not secret, and digests of the rest. */
export interface ShownDigests {
  corporateNumber: string;
  transferAccount: Buffer[];
  /** As `NewestInvoice.digestsOf` makes them. */
  invoice: Buffer[];
}

export function provenBy({ matched, invoiceRefusal }: Judged): ProvenCorporation | undefined {
  return invoiceRefusal ? undefined : matched;
}

/** For the log, which says more than the page. */
export function outcomeOf({ matched, invoiceRefusal }: Judged) {
  return matched ? (invoiceRefusal ?? 'done') : 'numbers-unmatched';
}
