import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DeskCases } from '../../cases/desk-cases.js';
import { databaseNow, sqlAfter } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import { inTransaction } from '../../database/transaction.js';
import { Jobs } from '../../jobs/jobs.js';
import { EnrollmentMails } from '../../mail/enrollment-mails.js';
import { MAIL_UNDELIVERED, type UndeliveredMail } from '../../mail/undelivered-mails.js';
import { applicationFacts } from '../case-view.js';
import { matterOf } from '../desk-matter.js';
import type { Enrollment } from '../enrollment.entity.js';
import { holdCase } from '../hold-case.js';
import { isResting, waitsForDesk } from '../resting-cases.js';
import { Witness } from '../witness.entity.js';
import { Witnesses } from '../witnesses.js';

/** As long as a link to object works. It is renewed a week before its end, until the desk decides. */
const WAITS_FOR_DESK = { days: 30 };
const RENEWED_BEFORE = { days: 7 };

/** Cases whose mails to all who may object came back: time alone ends no probation, the desk does. */
@Injectable()
export class UntoldCases implements OnModuleInit {
  constructor(
    private readonly em: EntityManager,
    private readonly jobs: Jobs,
    private readonly witnesses: Witnesses,
    private readonly mails: EnrollmentMails,
    private readonly cases: DeskCases,
  ) {}

  onModuleInit(): void {
    this.jobs.register(MAIL_UNDELIVERED, (payload) => this.look(payload as UndeliveredMail));
    this.jobs.register('untold-cases', () => this.renew(), '23 * * * *');
  }

  /** A mail did not arrive, which may have been the last one that told somebody of a case. */
  async look({ deliveryId }: UndeliveredMail): Promise<void> {
    const witness = await this.em.findOne(Witness, { delivery: deliveryId });
    if (!witness) return;
    await inTransaction(this.em, async () => {
      const enrollment = await holdCase(this.em, { id: witness.enrollment.id });
      if (!enrollment || enrollment.untoldSince || !(await this.isUntold(enrollment))) return;
      enrollment.untoldSince = await databaseNow(this.em);
      const waits = await this.#wait(enrollment);
      await this.cases.open(matterOf('untold', enrollment));
      await this.mails.untoldForDesk(applicationFacts(enrollment), waits);
    });
  }

  /** Once somebody is told after all, as a new billing contact is, the probation ends in its time. */
  async renew(): Promise<void> {
    for (const { id } of await this.#ending())
      await inTransaction(this.em, async () => {
        const enrollment = await holdCase(this.em, { id });
        if (!enrollment?.canBeApproved) return;
        if (await this.isUntold(enrollment)) await this.#wait(enrollment);
        else enrollment.untoldSince = null;
      });
  }

  /** Nobody who may object knows of it, as far as anybody can tell. */
  async isUntold(enrollment: Enrollment): Promise<boolean> {
    const isDecidable = enrollment.isMailboxProved && enrollment.canBeDecided;
    return isDecidable && !(await this.witnesses.isAnybodyTold(enrollment));
  }

  /** A first administrator, too, is known to nobody but the desk. @returns whether it waits */
  async #wait(enrollment: Enrollment): Promise<boolean> {
    if (!waitsForDesk(enrollment)) return false;
    if (isResting(enrollment)) return true;
    enrollment.prolongProbation(await databaseNow(this.em), WAITS_FOR_DESK);
    await this.em.flush();
    return true;
  }

  #ending(): Promise<{ id: string }[]> {
    return tables(this.em)
      .selectFrom('enrollments')
      .where('state', '=', 'running')
      .where('untold_since', 'is not', null)
      .where('probation_ends_at', '<', sqlAfter(RENEWED_BEFORE))
      .select('id')
      .execute();
  }
}
