import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AuditEntry } from '../../audit/audit-entry.entity.js';
import { Audit, type Settled } from '../../audit/audit.js';
import { FactorDuties } from '../../auth/second-factor/duty/factor-duties.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { holdForAdministrator } from '../../corporations/hold-corporation.js';
import { databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { Account } from '../../identity/account.entity.js';
import { EnrollmentMails } from '../../mail/enrollment-mails.js';
import { ApplicationQueue } from '../applications/application-queue.js';
import { applicationFacts, newcomerOf } from '../case-view.js';
import type { Enrollment } from '../enrollment.entity.js';
import { findCase } from '../hold-case.js';
import { Witness } from '../witness.entity.js';
import { Witnesses } from '../witnesses.js';

export type Approved = Settled<'not-entitled' | 'case-over' | 'second-factor-missing'>;

/** The approval of a newcomer by an administrator from before: no probation is left. */
@Injectable()
export class Approvals {
  constructor(
    private readonly em: EntityManager,
    private readonly mails: EnrollmentMails,
    private readonly witnesses: Witnesses,
    private readonly queue: ApplicationQueue,
    private readonly duties: FactorDuties,
    private readonly audit: Audit,
  ) {}

  async approve(caseId: string, person: SignedIn): Promise<Approved> {
    return inTransaction<Approved>(this.em, async () => {
      await holdForAdministrator(this.em, person);
      const enrollment = await findCase(this.em, { id: caseId });
      const refusal = await this.#approve(enrollment, person);
      const facts = { caseNumber: enrollment?.caseNumber ?? '' };
      if (!refusal) await this.queue.startNext(person.corporationId);
      return this.audit.settle('approval', refusal, person, facts);
    });
  }

  /** Who approved the newcomer; undefined for the desk, and for somebody who was erased since. */
  async approverOf({ caseNumber, corporation }: Enrollment): Promise<string | undefined> {
    const done = { act: 'approval', reason: 'done', corporationId: corporation!.id } as const;
    const entry = await this.em.findOne(AuditEntry, { ...done, facts: { caseNumber } });
    const approver = entry?.accountId && (await this.em.findOne(Account, entry.accountId));
    return (approver && approver.name) || undefined;
  }

  /** Where administrators are asked for a second factor, one who has it lets others in. */
  async isFactorMissing(id: string, { corporation }: Enrollment): Promise<boolean> {
    if (!(await this.duties.asksAdministrators(corporation!.id))) return false;
    return (await this.em.count(Account, { id, secondFactorSince: { $ne: null } })) === 0;
  }

  async #approve(enrollment: Enrollment | undefined, { accountId, isNewcomer, name }: SignedIn) {
    const witness = { enrollment: enrollment?.id ?? null, account: accountId };
    if (!enrollment || isNewcomer || (await this.em.count(Witness, witness)) === 0)
      return 'not-entitled';
    if (!enrollment.canBeApproved) return 'case-over';
    if (await this.isFactorMissing(accountId, enrollment)) return 'second-factor-missing';
    enrollment.approve(await databaseNow(this.em));
    enrollment.account!.endProbation();
    const facts = applicationFacts(enrollment);
    const newcomer = newcomerOf(enrollment);
    for (const to of [newcomer, ...(await this.witnesses.addressees(enrollment))])
      await this.mails.applicationApproved(to, facts, {
        approver: name,
        isNewcomer: to === newcomer,
      });
    return undefined;
  }
}
