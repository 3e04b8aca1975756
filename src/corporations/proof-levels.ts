/**
 * How a pair of numbers is judged: on the page, behind the mailed link, or by people. Each level is
 * slower than the one before, and none is closed.
 */
export type ProofLevel = 'page' | 'mail' | 'desk';

/** Used up by anybody at all, so that none of them may refuse the right pair. */
interface ProofBudgets {
  /** Ten wrong pairs a day were tried at the company. */
  isCompanyUsedUp: boolean;
  /** Nearly all pairs of the hour were wrong, everywhere. */
  isAlarmed: boolean;
  /** The comparisons that mailboxes of this kind have at the company in a day. */
  isMailUsedUp: boolean;
}

export function proofLevel({ isCompanyUsedUp, isAlarmed, isMailUsedUp }: ProofBudgets): ProofLevel {
  if (!isCompanyUsedUp && !isAlarmed) return 'page';
  return isMailUsedUp ? 'desk' : 'mail';
}
