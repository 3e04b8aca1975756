import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { holdForAdministrator } from '../../corporations/hold-corporation.js';
import { sql } from '../../database/sql.js';
import { inTransaction } from '../../database/transaction.js';
import { EnrollmentMails } from '../../mail/enrollment-mails.js';
import type { Visit } from '../../web/visit.js';
import { ApplicationQueue } from './application-queue.js';
import { applicationFacts, findCase, type CaseFacts } from './case-facts.js';
import { newcomerOf } from './objection-news.js';
import { Witnesses } from './witnesses.js';

export type Approved = { ok: true } | { ok: false; reason: 'not-entitled' | 'case-over' };

/** The approval of a newcomer by an administrator who was there before: no probation is left. */
@Injectable()
export class Approvals {
  constructor(
    private readonly em: EntityManager,
    private readonly mails: EnrollmentMails,
    private readonly witnesses: Witnesses,
    private readonly queue: ApplicationQueue,
    private readonly audit: Audit,
  ) {}

  /** @param person who is signed in as administrator and gave the password a moment ago */
  async approve(
    caseId: string,
    person: { accountId: string; corporationId: string },
    visit: Visit,
  ): Promise<Approved> {
    const { accountId, corporationId } = person;
    return inTransaction<Approved>(this.em, async () => {
      await holdForAdministrator(this.em, person);
      const facts = await findCase(this.em, 'e.id', caseId);
      const approved = await this.#approve(facts, accountId);
      const reason = approved.ok ? 'done' : approved.reason;
      const entry = { act: 'approval', reason, corporationId, accountId, visit } as const;
      await this.audit.record({ ...entry, facts: { caseNumber: facts?.caseNumber ?? '' } });
      if (approved.ok) await this.queue.startNext(corporationId);
      return approved;
    });
  }

  async #approve(facts: CaseFacts | undefined, accountId: string): Promise<Approved> {
    if (!facts || !(await this.witnesses.includes(facts.id, accountId)))
      return { ok: false, reason: 'not-entitled' };
    if (facts.stage !== 'held' && facts.stage !== 'probation')
      return { ok: false, reason: 'case-over' };
    await sql(
      this.em,
      `with decided as (
         update enrollments set state = 'approved', decided_at = genkan_now() where id = $1)
       update accounts set held_until = null where id = $2`,
      [facts.id, facts.accountId],
    );
    const known = applicationFacts(facts);
    for (const to of [newcomerOf(facts), ...(await this.witnesses.of(facts.id))])
      await this.mails.applicationApproved(to, known);
    return { ok: true };
  }
}
