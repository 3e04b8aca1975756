import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { AuditEntry } from '../audit/audit-entry.entity.js';
import { Audit } from '../audit/audit.js';
import { before, databaseNow } from '../database/clock.js';
import { tables } from '../database/tables.js';
import { inTransaction } from '../database/transaction.js';
import type { SignedInOperator } from './sign-in/desk-sessions.js';

/** Who of the desk looked at what of a company, for the company's own log: once an hour each. */
@Injectable()
export class DeskViews {
  constructor(
    private readonly em: EntityManager,
    private readonly audit: Audit,
  ) {}

  /**
   * Of views at once, one is written down.
   * @param target the account whose page it was; absent for the company's
   */
  async note(corporationId: string, reader: SignedInOperator, target?: string): Promise<void> {
    const { operatorId, name, visit } = reader;
    const facts = { operator: name, ...(target && { target }) };
    const act = target ? 'account-view' : 'corporation-view';
    const turn = `desk-view:${operatorId}:${target ?? corporationId}`;
    await inTransaction(this.em, async () => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${turn}, 0))`.execute(
        tables(this.em),
      );
      const at = { $gt: before(await databaseNow(this.em), { hours: 1 }) };
      if ((await this.em.count(AuditEntry, { corporationId, act, facts, at })) > 0) return;
      await this.audit.done(act, { corporationId, visit }, facts);
    });
  }
}
