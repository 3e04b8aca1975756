import type { PersonDetails } from '../identity/person-details.js';
import type { Language } from '../web/texts.js';
import type { Visit } from '../web/visit.js';

/** A person who wants to become administrator, with the password only as its hash. */
export interface Applicant extends PersonDetails {
  email: string;
  loginId: string;
  /** Empty while it has to be entered again. */
  passwordHash: string;
}

/** What lies sealed while an application waits, for its turn or for the desk. */
export type SealedDetails = Applicant & { language: Language };

/** The request that applies; without a number when an operator grants it. */
export type Cause = Pick<Visit, 'address' | 'browser'> & { requestId?: string; language: Language };
