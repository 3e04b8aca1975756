import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AuditEntry } from '../../../audit/audit-entry.entity.js';
import type { SignedIn } from '../../../auth/sessions/sessions.js';
import { before, databaseNow } from '../../../database/clock.js';

const PAGE = 20;

/** An account's sign-ins of 90 days, those that failed too, read from the log. */
@Injectable()
export class SignInHistory {
  constructor(private readonly em: EntityManager) {}

  async page(
    { accountId }: SignedIn,
    from: string | undefined,
  ): Promise<{ signIns: AuditEntry[]; hasMore: boolean }> {
    const earliest = before(await databaseNow(this.em), { days: 90 });
    const rows = await this.em.find(
      AuditEntry,
      { accountId, act: 'sign-in', at: { $gt: earliest }, ...(from && { id: { $lt: from } }) },
      { orderBy: { id: 'desc' }, limit: PAGE + 1 },
    );
    return { signIns: rows.slice(0, PAGE), hasMore: rows.length > PAGE };
  }
}
