import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import type { Reason } from '../../audit/reasons.js';
import { holdCorporation } from '../../corporations/hold-corporation.js';
import { inTransaction } from '../../database/transaction.js';
import { ApplicationQueue } from './application-queue.js';
import { findCase, type CaseFacts } from './case-facts.js';
import { NobodyLeft } from './nobody-left.js';
import { ObjectionNews } from './objection-news.js';
import { Outcomes } from './outcomes.js';

export type DeskRefusal = 'case-unknown' | 'case-over' | 'case-queued' | 'last-administrator';

export type DeskDecided = { ok: true } | { ok: false; reason: DeskRefusal };

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
    const found = await findCase(this.em, 'e.case_number', caseNumber);
    if (!found) return { ok: false, reason: 'case-unknown' };
    return inTransaction<DeskDecided>(this.em, async () => {
      await holdCorporation(this.em, found.corporationId);
      const facts = (await findCase(this.em, 'e.id', found.id))!;
      const reason = refusalOf(facts, upheld);
      if (reason) return this.#refuse(facts, upheld, reason);
      await this.news.tellDecision(facts, upheld);
      await (upheld ? this.outcomes.stay(facts) : this.outcomes.leave(facts));
      await this.#log(facts, upheld, 'done');
      await this.queue.startNext(facts.corporationId);
      return { ok: true };
    }).catch((error: unknown) => {
      if (error instanceof NobodyLeft) return this.#refuse(found, upheld, 'last-administrator');
      throw error;
    });
  }

  async #refuse(
    facts: CaseFacts,
    upheld: boolean,
    reason: Exclude<DeskRefusal, 'case-unknown'>,
  ): Promise<DeskDecided> {
    await this.#log(facts, upheld, reason);
    return { ok: false, reason };
  }

  #log({ caseNumber, corporationId }: CaseFacts, upheld: boolean, reason: Reason): Promise<void> {
    const facts = { caseNumber, upheld };
    return this.audit.record({ act: 'case-decision', reason, corporationId, facts });
  }
}

/** What waits can only be dismissed: to uphold it means to decide the case before it. */
function refusalOf(
  { stage, accountId }: CaseFacts,
  upheld: boolean,
): 'case-queued' | 'case-over' | undefined {
  if (stage === 'queued') return upheld ? 'case-queued' : undefined;
  return OPEN.includes(stage) && accountId !== null ? undefined : 'case-over';
}
