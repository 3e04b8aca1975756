import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { Visit } from '../web/visit.js';
import { AuditEntry } from './audit-entry.entity.js';
import { countOutcome } from './outcome-count.js';
import type { Act, Reason } from './reasons.js';

export interface Outcome {
  act: Act;
  reason: Reason;
  corporationId?: string | undefined;
  accountId?: string | undefined;
  facts?: AuditEntry['facts'];
  /** Absent for what no request caused. */
  visit?: (Pick<Visit, 'address'> & { requestId?: string }) | undefined;
}

/** The log of outcomes. Inside a transaction a row stands or falls with the act that it tells of. */
@Injectable()
export class Audit {
  constructor(private readonly em: EntityManager) {}

  async record({ visit, facts = {}, ...outcome }: Outcome): Promise<void> {
    countOutcome(outcome.act, outcome.reason);
    const { address = null, requestId = null } = visit ?? {};
    await this.em.insert(AuditEntry, { ...outcome, facts, address, requestId });
  }
}
