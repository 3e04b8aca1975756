import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Probation } from '../../admin-enrollment/probation.js';
import { Audit } from '../../audit/audit.js';
import { AccountAccess } from '../../auth/account-access.js';
import { inTransaction } from '../../database/transaction.js';
import { PeopleMails } from '../../mail/people-mails.js';
import type { Person, Visit } from '../../web/visit.js';
import type { MemberDetails } from './members-details.js';

/** すべての端末でのログインを終了する: for a telephone that was left in a train, say. */
@Injectable()
export class EndedSignIns {
  constructor(
    private readonly em: EntityManager,
    private readonly access: AccountAccess,
    private readonly probation: Probation,
    private readonly mails: PeopleMails,
    private readonly audit: Audit,
  ) {}

  /** @param target somebody else of the actor's company */
  async endAllOf(target: MemberDetails, actor: Person, visit: Visit): Promise<void> {
    const { accountId, corporationId, corporationName } = actor;
    const { id, name, email, language } = target;
    const act = 'sessions-ended';
    await inTransaction(this.em, async () => {
      const objectionKey = await this.probation.note(accountId, id, act);
      await this.access.endSessionsOf(id);
      const to = { accountId: id, corporationId, corporationName, name, email, language };
      await this.mails.sessionsEnded(to, { by: actor.name, objectionKey });
      const facts = { target: id };
      await this.audit.record({ act, reason: 'done', accountId, corporationId, facts, visit });
    });
  }
}
