import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DeskCases } from '../../cases/desk-cases.js';
import { Config } from '../../config.js';
import { after, databaseNow, sqlNow } from '../../database/clock.js';
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
    private readonly config: Config,
    private readonly em: EntityManager,
    private readonly jobs: Jobs,
    private readonly witnesses: Witnesses,
    private readonly mails: EnrollmentMails,
    private readonly cases: DeskCases,
  ) {}

  onModuleInit(): void {
    this.jobs.register(MAIL_UNDELIVERED, (payload) => this.look(payload as UndeliveredMail));
    this.jobs.register('untold-cases', () => this.renew(), '*/5 * * * *');
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

  /** Somebody may have been told after all, as by a mail that was tried again. */
  async renew(): Promise<void> {
    for (const { id } of await this.#waiting())
      await inTransaction(this.em, async () => {
        const enrollment = await holdCase(this.em, { id });
        if (!enrollment || !waitsForDesk(enrollment) || isResting(enrollment)) return;
        const soon = after(await databaseNow(this.em), RENEWED_BEFORE);
        if (!(await this.isUntold(enrollment))) await this.#endInTime(enrollment);
        else if (enrollment.probationEndsAt! < soon) await this.#wait(enrollment);
      });
  }

  /**
   * Tells whoever is not told yet, who has the usual time where nobody was before. A mail that comes back
   * lets the case wait for the desk again.
   * @param enrollment one that can be approved
   */
  async tell(enrollment: Enrollment): Promise<void> {
    if (await this.isUntold(enrollment)) await this.#endInTime(enrollment);
    await this.witnesses.tell(enrollment);
    if (!(await this.isUntold(enrollment))) await this.cases.told(enrollment.id);
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

  /** The people who know of it by now have the usual time to object. */
  async #endInTime(enrollment: Enrollment): Promise<void> {
    const probation = { seconds: this.config.enrollmentProbation / 1000 };
    enrollment.prolongProbation(await databaseNow(this.em), probation);
    enrollment.untoldSince = null;
    await this.em.flush();
    await this.cases.probationMoved(enrollment.id);
  }

  #waiting(): Promise<{ id: string }[]> {
    return tables(this.em)
      .selectFrom('enrollments')
      .where('state', '=', 'running')
      .where('untold_since', 'is not', null)
      .where('probation_ends_at', '>', sqlNow)
      .select('id')
      .execute();
  }
}
