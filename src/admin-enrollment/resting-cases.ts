import { after, later, type Span } from '../database/clock.js';
import type { Enrollment } from './enrollment.entity.js';

/** The end of what does not end while the company is closed. */
const RESTING = new Date('9999-12-31T00:00:00Z');

/** Its times stand still. */
export function isResting({ probationEndsAt }: Enrollment): boolean {
  return probationEndsAt?.getTime() === RESTING.getTime();
}

/** No mail reached anybody who may object: the desk ends the probation, and not time. */
export function waitsForDesk({ untoldSince, canBeApproved }: Enrollment): boolean {
  return untoldSince != null && canBeApproved;
}

/** Neither hold nor probation runs out where nobody signs in; the newcomer's account follows. */
export function rest(enrollment: Enrollment): void {
  const account = enrollment.account!;
  if (enrollment.stage === 'held') account.heldUntil = enrollment.releaseAt = RESTING;
  account.probationEndsAt = enrollment.probationEndsAt = RESTING;
}

/** Hold and probation have their whole time before them; the newcomer's account follows. */
export function startAnew(
  enrollment: Enrollment,
  now: Date,
  { hold, wait, probation }: { hold: Span; wait: Span | undefined; probation: Span },
): void {
  if (enrollment.stage === 'held') {
    const release = later(after(now, hold), wait ? after(now, wait) : now);
    enrollment.account!.heldUntil = enrollment.releaseAt = release;
  }
  enrollment.prolongProbation(now, probation);
}
