import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { holdCorporation } from '../../corporations/hold-corporation.js';
import { inTransaction } from '../../database/transaction.js';
import { ApplicationQueue } from './application-queue.js';
import { findCase } from './case-facts.js';
import { ObjectionNews } from './objection-news.js';
import { Outcomes } from './outcomes.js';

export type DeskDecided = { ok: true } | { ok: false; reason: 'case-unknown' | 'case-over' };

const OPEN = ['awaiting-activation', 'held', 'probation', 'completed', 'objected'];

/** The desk heard both sides: the newcomer stays, or goes. */
@Injectable()
export class DeskDecisions {
  constructor(
    private readonly em: EntityManager,
    private readonly outcomes: Outcomes,
    private readonly queue: ApplicationQueue,
    private readonly news: ObjectionNews,
    private readonly audit: Audit,
  ) {}

  /** Decides a case, and tells both sides. @param upheld whether the newcomer stays */
  async decide(caseNumber: string, upheld: boolean): Promise<DeskDecided> {
    return inTransaction<DeskDecided>(this.em, async () => {
      const before = await findCase(this.em, 'e.case_number', caseNumber);
      if (!before) return { ok: false, reason: 'case-unknown' };
      await holdCorporation(this.em, before.corporationId);
      const facts = (await findCase(this.em, 'e.id', before.id))!;
      if (!OPEN.includes(facts.stage) || facts.accountId === null)
        return { ok: false, reason: 'case-over' };
      await this.news.tellDecision(facts, upheld);
      await (upheld ? this.outcomes.stay(facts) : this.outcomes.leave(facts));
      const { corporationId } = facts;
      const entry = { act: 'case-decision', reason: 'done', corporationId } as const;
      await this.audit.record({ ...entry, facts: { caseNumber, upheld } });
      await this.queue.startNext(corporationId);
      return { ok: true };
    });
  }
}
