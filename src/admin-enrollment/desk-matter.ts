import type { Matter } from '../cases/desk-cases.js';
import type { Enrollment } from './enrollment.entity.js';

/** A case that people of the desk have to look at, under the number that everybody knows. */
export function matterOf(
  kind: 'succession' | 'untold',
  { id: subject, caseNumber, corporation }: Enrollment,
): Matter {
  return { kind, subject, caseNumber, corporationId: corporation!.id };
}

/** What the desk can end at all, on its pages and by a command: also an application that waits for its turn. */
export function canBeDismissed({ canBeDecided, stage }: Enrollment): boolean {
  return canBeDecided || stage === 'queued';
}

/**
 * Whoever has a mail to confirm, as since the desk's grant, is not there yet: its reader may say that
 * somebody else applied, and the witnesses are told then.
 */
export function canStay({ isMailboxProved, canBeDenied }: Enrollment): boolean {
  return isMailboxProved && !canBeDenied;
}
