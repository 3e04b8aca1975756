import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Probation } from '../../admin-enrollment/probation.js';
import { Audit } from '../../audit/audit.js';
import { AccountAccess } from '../../auth/account-access.js';
import { holdForAdministrator } from '../../corporations/hold-corporation.js';
import { sqlOne } from '../../database/sql.js';
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

  /**
   * Where nothing is open nobody is told, so that nobody fills a mailbox with it.
   * @param target somebody else of the actor's company
   * @returns whether something was open
   * @throws ForbiddenException when the administrator is none any more
   */
  async endAllOf(target: MemberDetails, actor: Person, visit: Visit): Promise<boolean> {
    const { accountId, corporationId, corporationName } = actor;
    const { id, name, email, language } = target;
    const act = 'sessions-ended';
    return inTransaction(this.em, async () => {
      await holdForAdministrator(this.em, actor);
      const to = { accountId: id, corporationId, corporationName, name, email, language };
      const isOpen = await this.#isOpen(id);
      if (isOpen) {
        const objectionKey = await this.probation.note(accountId, id, act);
        await this.mails.sessionsEnded(to, { by: actor.name, objectionKey });
      }
      await this.access.endSessionsOf(id);
      const facts = { target: id };
      await this.audit.record({ act, reason: 'done', accountId, corporationId, facts, visit });
      return isOpen;
    });
  }

  async #isOpen(accountId: string): Promise<boolean> {
    const open = await sqlOne(
      this.em,
      `select from sessions where account_id = $1 and ends_at > genkan_now()
       union all select from devices where account_id = $1 limit 1`,
      [accountId],
    );
    return open !== undefined;
  }
}
