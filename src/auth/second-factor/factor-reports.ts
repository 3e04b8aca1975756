import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit, type Settled } from '../../audit/audit.js';
import { inTransaction } from '../../database/transaction.js';
import { Account } from '../../identity/account.entity.js';
import type { Visit } from '../../web/visit.js';
import type { LinkRefusal } from '../mailed-links/mailed-link.entity.js';
import { MailedLinks } from '../mailed-links/mailed-links.js';
import { FactorClearing } from './factor-clearing.js';

const ACT = 'second-factor-report';

/** お心当たりのない場合: a mailbox's reader says that somebody else set the first factor up. */
@Injectable()
export class FactorReports {
  constructor(
    private readonly em: EntityManager,
    private readonly links: MailedLinks,
    private readonly clearing: FactorClearing,
    private readonly audit: Audit,
  ) {}

  /** Of parallel callers one succeeds. */
  async report(token: string | undefined, visit: Visit): Promise<Settled<LinkRefusal>> {
    return inTransaction<Settled<LinkRefusal>>(this.em, async () => {
      const looked = await this.links.look(ACT, token);
      if (!looked.ok) return this.audit.refuse(ACT, looked.reason, { visit });
      const held = { lockMode: LockMode.PESSIMISTIC_WRITE };
      const account = await this.em.findOneOrFail(Account, looked.link.subject, held);
      await this.em.populate(account, ['corporation']);
      const of = { accountId: account.id, corporationId: account.corporation.id, visit };
      if (!(await this.links.use(looked.link))) return this.audit.refuse(ACT, 'link-used', of);
      await this.clearing.clearAndTell(account, true);
      return this.audit.done(ACT, of);
    });
  }
}
