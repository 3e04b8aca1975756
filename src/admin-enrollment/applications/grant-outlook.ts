import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { isAdministered, isClosed } from '../../corporations/hold-corporation.js';
import { CaseTurns } from '../case-turns.js';
import type { Enrollment, EnrollmentKind } from '../enrollment.entity.js';
import type { EnrollmentRefusal } from './enrollments.js';

export type GrantRefusal = EnrollmentRefusal | 'corporation-closed' | 'numbers-unmatched';

/** What becomes of an application where the desk lets it begin now. */
export interface GrantOutlook {
  /** By what the company needs today, whichever door it came by. */
  kind: EnrollmentKind;
  /** Why it cannot be granted, whoever decides. */
  obstacle: GrantRefusal | undefined;
  /** The numbers of the cases that come first; none where it begins at once. */
  behind: string[];
}

/** What the desk reads before it decides is what its decision does. */
@Injectable()
export class GrantOutlooks {
  constructor(
    private readonly em: EntityManager,
    private readonly turns: CaseTurns,
  ) {}

  /** Also of one that the desk granted, while it waits for its turn; others are what they became. */
  async of(enrollment: Enrollment): Promise<GrantOutlook> {
    const { kind: applied, corporation, applicantEmail, state } = enrollment;
    const isWaiting = state === 'review' || state === 'queued';
    const unchanged = { kind: applied, behind: [] };
    if (!isWaiting) return { ...unchanged, obstacle: undefined };
    if (!corporation) return { ...unchanged, obstacle: 'numbers-unmatched' };
    const hasOthers = await isAdministered(this.em, corporation.id);
    // One that its company's administrators heard of keeps their objections.
    const unadministered = applicantEmail == null ? 'initial' : applied;
    const kind = hasOthers ? 'succession' : unadministered;
    const refused = { kind, behind: [] };
    if (await isClosed(this.em, corporation.id))
      return { ...refused, obstacle: 'corporation-closed' };
    // Whoever administers the company by now can invite others.
    if (state === 'review' && hasOthers && applied === 'initial')
      return { ...refused, obstacle: 'administrators-exist' };
    return { kind, obstacle: undefined, behind: await this.turns.ahead(enrollment) };
  }
}
