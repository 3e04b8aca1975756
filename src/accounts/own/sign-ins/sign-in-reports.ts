import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../audit/audit.js';
import { AccountAccess } from '../../../auth/account-access.js';
import { Tickets, type LinkRefusal } from '../../../auth/tickets.js';
import { sqlOne } from '../../../database/sql.js';
import { inTransaction } from '../../../database/transaction.js';
import { RecoveryRequests } from '../../../password-reset/recovery-requests.js';
import type { Visit } from '../../../web/visit.js';

export type Reported = { ok: true } | { ok: false; reason: LinkRefusal };

/** 身に覚えがない場合: the mailbox's reader says that a sign-in was somebody else's. */
@Injectable()
export class SignInReports {
  constructor(
    private readonly em: EntityManager,
    private readonly tickets: Tickets,
    private readonly access: AccountAccess,
    private readonly recoveries: RecoveryRequests,
    private readonly audit: Audit,
  ) {}

  /**
   * Ends everything that is signed in, forgets browsers and networks, and sends the mail that sets
   * a new password. Of parallel callers one succeeds.
   */
  async report(token: string | undefined, visit: Visit): Promise<Reported> {
    return inTransaction<Reported>(this.em, async () => {
      const used = await this.tickets.use('sign-in-report', token);
      const account = used.ok ? await this.#forget(used.accountId) : undefined;
      const reason = used.ok ? 'done' : used.reason;
      const act = 'sign-in-report';
      await this.audit.record({ act, reason, ...account?.who, visit });
      if (!used.ok || !account)
        return { ok: false, reason: used.ok ? 'link-unknown' : used.reason };
      await this.access.endSessionsOf(used.accountId);
      await this.recoveries.accept(account.email, visit);
      return { ok: true };
    });
  }

  /** The places that were reported are told of again. */
  async #forget(accountId: string) {
    const row = await sqlOne<{ corporationId: string; email: string }>(
      this.em,
      `with forgotten as (delete from known_environments where account_id = $1)
       select corporation_id as "corporationId", email from accounts where id = $1`,
      [accountId],
    );
    return row && { email: row.email, who: { accountId, corporationId: row.corporationId } };
  }
}
