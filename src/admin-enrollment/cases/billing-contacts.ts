import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql } from 'kysely';
import { tables } from '../../database/tables.js';
import { inTransaction } from '../../database/transaction.js';
import { Jobs } from '../../jobs/jobs.js';
import type { CaseStage } from '../enrollment.entity.js';
import { stageOf } from '../enrollment.schema.js';
import { holdCase } from '../hold-case.js';
import { Witnesses } from '../witnesses.js';
import { UntoldCases } from './untold-cases.js';

/**
 * Invoices may go elsewhere while a newcomer is held back or on probation: the new contact objects too,
 * unless that is the newcomer's own mailbox.
 */
@Injectable()
export class BillingContacts implements OnModuleInit {
  constructor(
    private readonly em: EntityManager,
    private readonly witnesses: Witnesses,
    private readonly untold: UntoldCases,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.register('tell-billing-contacts', () => this.run(), '*/5 * * * *');
  }

  async run(): Promise<void> {
    for (const { id } of await this.#untold())
      await inTransaction(this.em, async () => {
        const enrollment = await holdCase(this.em, { id });
        if (!enrollment?.canBeApproved) return;
        await this.witnesses.addBillingContact(enrollment);
        await this.untold.tell(enrollment);
      });
  }

  /** Cases that run, whose witnesses the present contact is not among. */
  #untold(): Promise<{ id: string }[]> {
    return tables(this.em)
      .selectFrom('enrollments as e')
      .innerJoin('corporations as c', 'c.id', 'e.corporation_id')
      .innerJoin('accounts as a', 'a.id', 'e.account_id')
      .where('e.state', '=', 'running')
      .where('c.state', '=', 'active')
      .where(sql.raw<CaseStage>(stageOf('e')), 'in', ['held', 'probation'])
      .where(sql<boolean>`lower(c.billing_email) <> lower(a.email)`)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('witnesses as w')
              .whereRef('w.enrollment_id', '=', 'e.id')
              .where(sql<boolean>`lower(w.email) = lower(c.billing_email)`)
              .select('w.id'),
          ),
        ),
      )
      .select('e.id')
      .execute();
  }
}
