import type { LinkRefusal, MailedLink } from '../../auth/mailed-links/mailed-link.entity.js';
import type { ProofRefusal } from '../../corporations/invoice-proof.js';
import type { Applicant, Cause } from '../applicant.js';
import type { Enrollment, EnrollmentKind } from '../enrollment.entity.js';
import type { EnrollmentRefusal } from './enrollments.js';
import type { DigestedPair } from './mailed-proof.js';

/** What lies sealed until the link's button is pressed. */
export interface SealedApplication {
  applicant: Applicant;
  pair: DigestedPair;
  language: Cause['language'];
}

export type MailedLook =
  | { ok: true; link: MailedLink; enrollment: Enrollment; sealed: SealedApplication }
  | { ok: false; reason: LinkRefusal | 'not-applied' }
  | { ok: false; reason: 'in-review'; caseNumber: string };

export type MailedOutcome =
  | { ok: true; isFirst: boolean; heldUntil: Date | null }
  /** The mailbox is proved; the page behind this activation key asks for what is missing. */
  | { ok: false; reason: 'login-id-needed'; token: string }
  | { ok: false; reason: 'in-review'; caseNumber: string }
  | { ok: false; reason: LinkRefusal | EnrollmentRefusal | 'not-applied' }
  | { ok: false; reason: 'numbers-unmatched'; kind: EnrollmentKind }
  | Exclude<ProofRefusal, { reason: 'numbers-unmatched' }>;
