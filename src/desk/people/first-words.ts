import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Appointment } from '../../admin-enrollment/appointment.entity.js';
import type { DeskAct } from '../../admin-enrollment/desk-act.js';
import { Enrollment } from '../../admin-enrollment/enrollment.entity.js';
import { Audit } from '../../audit/audit.js';
import { FactorRemoval } from '../../auth/second-factor/factor-removal.entity.js';
import { caseFacts } from '../../cases/case-facts.js';

type Cause = 'operator-left' | 'operator-reset';

/** What the first of two people of the desk said, and the second one has not signed yet. */
@Injectable()
export class FirstWords {
  constructor(
    private readonly em: EntityManager,
    private readonly audit: Audit,
  ) {}

  /**
   * The words of whoever left, was thrown out, or whose sign-in may have been somebody else's count no
   * more. Those of decided cases stand in the log.
   * @param operator the name
   */
  async forgetThoseOf(operator: string, cause: Cause, by: DeskAct): Promise<void> {
    // Why somebody left the desk is none of the company's business.
    const facts = { cause, operator: by.operator };
    for (const { caseNumber, corporation } of await this.#undecided(operator)) {
      const of = { corporationId: corporation!.id, visit: by.visit };
      await this.audit.done('first-word-end', of, { caseNumber, ...facts });
    }
    await this.em.nativeUpdate(Enrollment, { upheldBy: operator }, { upheldBy: null });
    await this.em.nativeUpdate(Enrollment, { dismissedBy: operator }, { dismissedBy: null });
    await this.em.nativeDelete(Appointment, { appointedBy: operator, confirmedAt: null });
    await this.em.nativeUpdate(Appointment, { takenBackBy: operator }, { takenBackBy: null });
    const asked = { beganAt: null, outcome: null, firstOperator: operator };
    const held = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } as const;
    for (const removal of await this.em.find(FactorRemoval, asked, held)) {
      removal.firstOperator = null;
      const { account, corporation } = removal;
      const of = { corporationId: corporation.id, visit: by.visit };
      const matter = { ...(await caseFacts(this.em, account.id)), target: account.id };
      await this.audit.done('factor-word-end', of, { ...matter, ...facts });
    }
  }

  /** The cases in which the desk can still decide, and this person spoke first. */
  async #undecided(operator: string): Promise<Enrollment[]> {
    const first = {
      $or: [{ appointedBy: operator, confirmedAt: null }, { takenBackBy: operator }],
    };
    const named = await this.em.find(Appointment, first);
    const said = [{ upheldBy: operator }, { dismissedBy: operator }];
    const id = named.map(({ enrollment }) => enrollment.id);
    const found = await this.em.find(Enrollment, { $or: [...said, { id }] }, { refresh: true });
    return found.filter(({ canBeDecided }) => canBeDecided);
  }
}
