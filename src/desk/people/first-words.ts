import { EntityManager, LockMode, type FilterQuery } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Appointment } from '../../admin-enrollment/appointment.entity.js';
import { authorOf, type DeskAct } from '../../admin-enrollment/desk-act.js';
import { Enrollment } from '../../admin-enrollment/enrollment.entity.js';
import { Audit } from '../../audit/audit.js';
import { FactorRemoval } from '../../auth/second-factor/factor-removal.entity.js';

type Cause = 'operator-left' | 'operator-reset' | 'case-closed';

const ASKED = { beganAt: null, outcome: null };

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
    await this.#writeDown(operator, cause, by);
    await this.em.nativeUpdate(Enrollment, { upheldBy: operator }, { upheldBy: null });
    await this.em.nativeUpdate(Enrollment, { dismissedBy: operator }, { dismissedBy: null });
    await this.em.nativeDelete(Appointment, { appointedBy: operator, confirmedAt: null });
    await this.em.nativeUpdate(Appointment, { takenBackBy: operator }, { takenBackBy: null });
    await this.#takeBack({ ...ASKED, firstOperator: operator }, cause, by);
  }

  /** Whoever closes the case of a lost factor by hand leaves no word that waits in it unseen. */
  async forgetThatAbout(account: string, by: DeskAct): Promise<void> {
    await this.#takeBack({ ...ASKED, account, firstOperator: { $ne: null } }, 'case-closed', by);
  }

  async #writeDown(operator: string, cause: Cause, by: DeskAct): Promise<void> {
    const facts = { cause, ...authorOf(by) };
    for (const { caseNumber, corporation } of await this.#undecided(operator)) {
      const of = { corporationId: corporation!.id, visit: by.visit };
      await this.audit.done('first-word-end', of, { caseNumber, ...facts });
    }
  }

  async #takeBack(asked: FilterQuery<FactorRemoval>, cause: Cause, by: DeskAct): Promise<void> {
    const lockMode = LockMode.PESSIMISTIC_WRITE;
    const found = await this.em.find(FactorRemoval, asked, { lockMode, refresh: true });
    for (const removal of found) {
      removal.firstOperator = null;
      const of = { corporationId: removal.corporation.id, visit: by.visit };
      const facts = { target: removal.account.id, cause, ...authorOf(by) };
      await this.audit.done('first-word-end', of, facts);
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
