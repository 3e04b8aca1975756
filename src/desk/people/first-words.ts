import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Appointment } from '../../admin-enrollment/appointment.entity.js';
import { Enrollment } from '../../admin-enrollment/enrollment.entity.js';
import { FactorRemoval } from '../../auth/second-factor/factor-removal.entity.js';

/** What the first of two people of the desk said, and the second one has not signed yet. */
@Injectable()
export class FirstWords {
  constructor(private readonly em: EntityManager) {}

  /**
   * The words of whoever left, or was thrown out, count no more. Those of decided cases stand in the
   * log.
   * @param operator the name
   */
  async forgetThoseOf(operator: string): Promise<void> {
    await this.em.nativeUpdate(Enrollment, { upheldBy: operator }, { upheldBy: null });
    await this.em.nativeUpdate(Enrollment, { dismissedBy: operator }, { dismissedBy: null });
    await this.em.nativeDelete(Appointment, { appointedBy: operator, confirmedAt: null });
    await this.em.nativeUpdate(Appointment, { takenBackBy: operator }, { takenBackBy: null });
    const asked = { firstOperator: operator, beganAt: null, outcome: null };
    await this.em.nativeUpdate(FactorRemoval, asked, { firstOperator: null });
  }
}
