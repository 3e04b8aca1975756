import { Injectable } from '@nestjs/common';
import { FactorDuties } from '../auth/second-factor/duty/factor-duties.js';
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
    const release = await this.releaseOf(enrollment);
    const isHeldLonger = release !== null && release.getTime() === enrollment.releaseAt?.getTime();
    const countsAnew = wait !== undefined && !enrollment.activatedAt && !isHeldLonger;
    return countsAnew ? { release: null, hours: wait.hours } : { release, hours: 0 };
  }

  /** The end of the hold, as far as it is known: it counts anew from the proof of the mailbox. */
  async releaseOf(enrollment: Enrollment): Promise<Date | null> {
    return enrollment.earliestRelease(await this.of(enrollment));
  }
}
