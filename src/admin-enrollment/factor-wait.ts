import { Injectable } from '@nestjs/common';
import { FactorDuties } from '../auth/second-factor/duty/factor-duties.js';
import { after, later } from '../database/clock.js';
import type { Enrollment } from './enrollment.entity.js';

const LEAST = { hours: 24 };

/**
 * How long a successor waits from the activation on where a second factor is asked of administrators,
 * unless one who has a factor approves. First administrators do not wait: nobody could approve.
 */
@Injectable()
export class FactorWait {
  constructor(private readonly duties: FactorDuties) {}

  /** Undefined for no time. */
  async of({ kind, corporation }: Enrollment): Promise<typeof LEAST | undefined> {
    if (kind === 'initial' || !corporation) return undefined;
    return (await this.duties.asksAdministrators(corporation.id)) ? LEAST : undefined;
  }

  /**
   * The one rule that everybody reads before the activation: its end where a hold lasts longer, else
   * the time from the activation on.
   */
  async ruleOf(enrollment: Enrollment) {
    const wait = await this.of(enrollment);
    // As far as it is known: it counts anew from the proof of the mailbox.
    const release = earliestRelease(enrollment, wait);
    const asksFactor = wait !== undefined;
    const isHeldLonger = release !== null && release.getTime() === enrollment.releaseAt?.getTime();
    const countsAnew = asksFactor && !enrollment.activatedAt && !isHeldLonger;
    return countsAnew
      ? { asksFactor, release: null, hours: wait.hours }
      : { asksFactor, release, hours: 0 };
  }
}

/** As far as it is known before the mailbox is proved. @param wait from that proof on */
function earliestRelease(
  { activatedAt, releaseAt = null, startedAt }: Enrollment,
  wait: typeof LEAST | undefined,
): Date | null {
  return activatedAt || !wait ? releaseAt : later(releaseAt, after(startedAt, wait));
}
