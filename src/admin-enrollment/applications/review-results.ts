import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { databaseNow } from '../../database/clock.js';
import { EnrollmentMails } from '../../mail/enrollment-mails.js';
import { applicationFacts } from '../case-view.js';
import type { Enrollment } from '../enrollment.entity.js';
import { EntitledWitnesses } from '../objections/entitled-witnesses.js';
import { Witnesses } from '../witnesses.js';

/** An objection was promised its result by mail: also one to an application that the desk reviewed. */
@Injectable()
export class ReviewResults {
  constructor(
    private readonly em: EntityManager,
    private readonly entitled: EntitledWitnesses,
    private readonly witnesses: Witnesses,
    private readonly mails: EnrollmentMails,
  ) {}

  /** In the transaction of the decision. */
  async tell(enrollment: Enrollment, granted: boolean): Promise<void> {
    if (!(await this.entitled.isObjected(enrollment))) return;
    const end = { granted, decidedAt: await databaseNow(this.em) };
    for (const to of await this.witnesses.addressees(enrollment))
      await this.mails.applicationDecided(to, applicationFacts(enrollment), end);
  }
}
