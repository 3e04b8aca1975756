import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit, type Settled } from '../../audit/audit.js';
import { inTransaction } from '../../database/transaction.js';
import { Account } from '../../identity/account.entity.js';
import type { Visit } from '../../web/visit.js';
import type { LinkRefusal } from './mailed-link.entity.js';
import { MailedLinks } from './mailed-links.js';

/** お心当たりのない場合: a mailbox's reader says by a mailed link that somebody else was at work. */
@Injectable()
export class SuspicionReports {
  constructor(
    private readonly em: EntityManager,
    private readonly links: MailedLinks,
    private readonly audit: Audit,
  ) {}

  /** Of parallel callers one succeeds. @param act in the transaction that holds the account */
  async report(
    of: 'sign-in-report' | 'second-factor-report',
    token: string | undefined,
    visit: Visit,
    act: (account: Account) => Promise<unknown>,
  ): Promise<Settled<LinkRefusal>> {
    return inTransaction<Settled<LinkRefusal>>(this.em, async () => {
      const looked = await this.links.look(of, token);
      if (!looked.ok) return this.audit.refuse(of, looked.reason, { visit });
      const held = { lockMode: LockMode.PESSIMISTIC_WRITE };
      const account = await this.em.findOneOrFail(Account, looked.link.subject, held);
      const by = { accountId: account.id, corporationId: account.corporation.id, visit };
      if (!(await this.links.use(looked.link))) return this.audit.refuse(of, 'link-used', by);
      await act(account);
      return this.audit.done(of, by);
    });
  }
}
