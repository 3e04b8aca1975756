import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit, type Settled } from '../../../audit/audit.js';
import type { LinkRefusal } from '../../../auth/mailed-links/mailed-link.entity.js';
import { MailedLinks } from '../../../auth/mailed-links/mailed-links.js';
import { AccountAccess } from '../../../auth/sign-in/account-access.js';
import { inTransaction } from '../../../database/transaction.js';
import { Account } from '../../../identity/account.entity.js';
import { RecoveryRequests } from '../../../password-reset/recovery-requests.js';
import type { Visit } from '../../../web/visit.js';

/** お心当たりがない場合: the mailbox's reader says that a sign-in was somebody else's. */
@Injectable()
export class SignInReports {
  constructor(
    private readonly em: EntityManager,
    private readonly links: MailedLinks,
    private readonly access: AccountAccess,
    private readonly recoveries: RecoveryRequests,
    private readonly audit: Audit,
  ) {}

  /**
   * Ends all sign-ins and recoveries, and sends the mail that sets a new password. Of parallel callers
   * one succeeds.
   */
  async report(token: string | undefined, visit: Visit): Promise<Settled<LinkRefusal>> {
    return inTransaction<Settled<LinkRefusal>>(this.em, async () => {
      const looked = await this.links.look('sign-in-report', token);
      if (!looked.ok) return this.audit.refuse('sign-in-report', looked.reason, { visit });
      const held = { lockMode: LockMode.PESSIMISTIC_WRITE };
      const account = await this.em.findOneOrFail(Account, looked.link.subject, held);
      const of = { accountId: account.id, corporationId: account.corporation.id, visit };
      if (!(await this.links.use(looked.link)))
        return this.audit.refuse('sign-in-report', 'link-used', of);
      await this.access.takeBack(account);
      await this.recoveries.accept(account.email, visit);
      return this.audit.done('sign-in-report', of);
    });
  }
}
