import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { inTransaction } from '../database/transaction.js';
import type { Visit } from '../web/visit.js';
import { Sessions } from './sessions.js';

/** The end of a session by the person's own wish. */
@Injectable()
export class SignOut {
  constructor(
    private readonly em: EntityManager,
    private readonly sessions: Sessions,
    private readonly audit: Audit,
  ) {}

  async close(visit: Visit): Promise<void> {
    await inTransaction(this.em, async () => {
      await this.sessions.end(visit);
      if (!visit.person) return;
      const { accountId, corporationId } = visit.person;
      await this.audit.record({ act: 'sign-out', reason: 'done', accountId, corporationId, visit });
    });
  }
}
