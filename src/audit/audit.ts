import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from '../database/sql.js';
import type { Visit } from '../web/visit.js';
import type { Act, Reason } from './reasons.js';

export interface AuditEntry {
  act: Act;
  reason: Reason;
  corporationId?: string | undefined;
  accountId?: string | undefined;
  /** Masked or harmless facts only: never a password, token, session id or whole number. */
  facts?: Record<string, string | number | boolean>;
  /** Absent for what no request caused. */
  visit?: (Pick<Visit, 'address'> & { requestId?: string }) | undefined;
}

/** The log of outcomes. Inside a transaction the row stands or falls with what it tells. */
@Injectable()
export class Audit {
  constructor(private readonly em: EntityManager) {}

  async record(entry: AuditEntry): Promise<void> {
    await sql(
      this.em,
      `insert into audit_entries (corporation_id, account_id, act, reason, address, request_id, facts)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [
        entry.corporationId ?? null,
        entry.accountId ?? null,
        entry.act,
        entry.reason,
        entry.visit?.address ?? null,
        entry.visit?.requestId ?? null,
        JSON.stringify(entry.facts ?? {}),
      ],
    );
  }
}
