import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { EnrollmentMails } from '../../mail/enrollment-mails.js';
import { ActivationMails } from '../activation/activation-mails.js';
import { ApplicationQueue } from '../applications/application-queue.js';
import { CaseEnds } from '../case-ends.js';
import { applicationFacts, newcomerOf } from '../case-view.js';
import type { Enrollment } from '../enrollment.entity.js';
import { holdCase } from '../hold-case.js';
import { Witnesses } from '../witnesses.js';
import type { DeskAct } from './appointments.js';

export type DeskRefusal = 'case-unknown' | 'case-over' | 'case-queued';

export type DeskDecided = { ok: true } | { ok: false; reason: DeskRefusal };

/** The desk heard both sides: the newcomer stays, or goes. */
@Injectable()
export class DeskDecisions {
  constructor(
    private readonly em: EntityManager,
    private readonly witnesses: Witnesses,
    private readonly ends: CaseEnds,
    private readonly activation: ActivationMails,
    private readonly queue: ApplicationQueue,
    private readonly mails: EnrollmentMails,
    private readonly audit: Audit,
  ) {}

  async decide(
    caseNumber: string,
    upheld: boolean,
    by: Partial<DeskAct> = {},
  ): Promise<DeskDecided> {
    return inTransaction<DeskDecided>(this.em, async () => {
      const enrollment = await holdCase(this.em, { caseNumber });
      if (!enrollment) return { ok: false, reason: 'case-unknown' };
      const refusal = refusalOf(enrollment, upheld);
      if (!refusal) await this.#decide(enrollment, upheld);
      const corporationId = enrollment.corporation!.id;
      const facts = { caseNumber, upheld, ...by };
      const entry = { act: 'case-decision', corporationId, facts } as const;
      await this.audit.record({ ...entry, reason: refusal ?? 'done' });
      return refusal ? { ok: false, reason: refusal } : { ok: true };
    });
  }

  async #decide(enrollment: Enrollment, upheld: boolean): Promise<void> {
    const told = [newcomerOf(enrollment), ...(await this.witnesses.addressees(enrollment))];
    const facts = applicationFacts(enrollment);
    for (const to of told) await this.mails.deskDecided(to, facts, { upheld, appointed: '' });
    await (upheld ? this.#stay(enrollment) : this.ends.sendAway(enrollment));
    await this.queue.startNext(enrollment.corporation!.id);
  }

  /** Also a newcomer who was deleted meanwhile; an unproved mailbox is proved by a new link. */
  async #stay(enrollment: Enrollment): Promise<void> {
    const { account, activatedAt } = enrollment;
    enrollment.uphold(await databaseNow(this.em));
    account!.stayAfterCase(activatedAt !== null);
    await this.em.flush();
    if (!activatedAt) await this.activation.issue(account!.id);
  }
}

/** A waiting application can only be dismissed: to uphold it means to decide the case before it. */
function refusalOf(
  { stage, canBeDecided }: Enrollment,
  upheld: boolean,
): 'case-queued' | 'case-over' | undefined {
  if (stage === 'queued') return upheld ? 'case-queued' : undefined;
  return canBeDecided ? undefined : 'case-over';
}
