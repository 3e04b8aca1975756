import { Injectable } from '@nestjs/common';
import { FactorDuties } from '../auth/second-factor/duty/factor-duties.js';
import { after } from '../database/clock.js';
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
   * The one rule that mails and pages tell. Before the activation nobody is in for the hours that follow
   * it, and not before the end of a hold that may last longer; after it there is one time.
   */
  async ruleOf(enrollment: Enrollment) {
    const { activatedAt, startedAt, releaseAt = null } = enrollment;
    const wait = await this.of(enrollment);
    const asksFactor = wait !== undefined;
    if (!wait || activatedAt) return { asksFactor, release: releaseAt, hours: 0 };
    const mayLastLonger = releaseAt !== null && releaseAt > after(startedAt, wait);
    return { asksFactor, release: mayLastLonger ? releaseAt : null, hours: wait.hours };
  }
}
