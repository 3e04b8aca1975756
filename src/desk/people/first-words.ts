import { EntityManager, LockMode, type FilterQuery } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Appointment } from '../../admin-enrollment/appointment.entity.js';
import type { DeskAct } from '../../admin-enrollment/desk-act.js';
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
    await this.#writeDown(await this.#undecided(operator), cause, by);
    await this.#forget({ upheldBy: operator }, { dismissedBy: operator });
    await this.em.nativeDelete(Appointment, { appointedBy: operator, confirmedAt: null });
    await this.em.nativeUpdate(Appointment, { takenBackBy: operator }, { takenBackBy: null });
    await this.#takeBack({ ...ASKED, firstOperator: operator }, cause, by);
  }

  /** Whoever closes a case by hand leaves no word that waits in it unseen. */
  async forgetThoseAbout(subject: string, by: DeskAct): Promise<void> {
    const account = { account: subject, firstOperator: { $ne: null } };
    await this.#takeBack({ ...ASKED, ...account }, 'case-closed', by);
    const enrollment = await this.#waitingIn(subject);
    if (!enrollment) return;
    await this.#writeDown([enrollment], 'case-closed', by);
    await this.#forget({ id: subject }, { id: subject });
    await this.em.nativeDelete(Appointment, { enrollment: subject, confirmedAt: null });
    await this.em.nativeUpdate(Appointment, { enrollment: subject }, { takenBackBy: null });
  }

  /** The enrollment about which a word of the desk waits for a second one. */
  async #waitingIn(id: string): Promise<Enrollment | undefined> {
    const enrollment = await this.em.findOne(Enrollment, { id }, { refresh: true });
    if (!enrollment?.canBeDecided) return undefined;
    const unsigned = {
      enrollment: id,
      $or: [{ confirmedAt: null }, { takenBackBy: { $ne: null } }],
    };
    const isSaid = enrollment.upheldBy ?? enrollment.dismissedBy;
    return isSaid || (await this.em.count(Appointment, unsigned)) > 0 ? enrollment : undefined;
  }

  async #forget(
    upheld: FilterQuery<Enrollment>,
    dismissed: FilterQuery<Enrollment>,
  ): Promise<void> {
    await this.em.nativeUpdate(Enrollment, upheld, { upheldBy: null });
    await this.em.nativeUpdate(Enrollment, dismissed, { dismissedBy: null });
  }

  async #writeDown(enrollments: Enrollment[], cause: Cause, by: DeskAct): Promise<void> {
    // Why somebody left the desk, or a case was closed, is none of the company's business.
    const facts = { cause, operator: by.operator };
    for (const { caseNumber, corporation } of enrollments) {
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
      const facts = { target: removal.account.id, cause, operator: by.operator };
      await this.audit.done('factor-word-end', of, facts);
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
