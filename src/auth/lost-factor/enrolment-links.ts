import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { after, databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { Account } from '../../identity/account.entity.js';
import { Jobs } from '../../jobs/jobs.js';
import { LostFactorMails } from '../../mail/lost-factor-mails.js';
import { MailedLinks } from '../mailed-links/mailed-links.js';
import { FactorChanges } from '../second-factor/factor-changes.js';
import { FactorClearing } from '../second-factor/factor-clearing.js';
import { FactorRemoval } from '../second-factor/factor-removal.entity.js';
import { FactorRemovals } from '../second-factor/factor-removals.js';

const VALID = { days: 14 };

/**
 * What comes once the time of a removal is over: a link that opens the set-up of another factor, or
 * where the desk began it, no factor.
 */
@Injectable()
export class EnrolmentLinks implements OnModuleInit {
  constructor(
    private readonly em: EntityManager,
    private readonly links: MailedLinks,
    private readonly removals: FactorRemovals,
    private readonly changes: FactorChanges,
    private readonly clearing: FactorClearing,
    private readonly audit: Audit,
    private readonly jobs: Jobs,
    private readonly mails: LostFactorMails,
  ) {}

  onModuleInit(): void {
    this.jobs.register('tell-due-factor-removals', () => this.run(), '*/5 * * * *');
  }

  async run(): Promise<void> {
    const due = { stateNow: 'due', dueToldAt: null } as const;
    for (const removal of await this.em.find(FactorRemoval, due))
      await inTransaction(this.em, () =>
        removal.isOfDesk ? this.#takeOff(removal.account.id) : this.#sendOnce(removal.account.id),
      );
  }

  async #sendOnce(account: string): Promise<void> {
    const removal = await this.removals.hold(account);
    if (removal?.stateNow !== 'due' || removal.dueToldAt) return;
    const populate = ['corporation'] as const;
    await this.send(removal, await this.em.findOneOrFail(Account, account, { populate }));
  }

  /**
   * The desk's: the password goes too, because whoever set the factor up may know it, and a recovery
   * leads on.
   */
  async #takeOff(id: string): Promise<void> {
    const held = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } as const;
    const account = await this.em.findOneOrFail(Account, id, held);
    await this.em.populate(account, ['corporation']);
    if ((await this.removals.of(id))?.stateNow !== 'due') return;
    await this.changes.takeOffLost(account);
    await this.clearing.clearAndTell(account, false);
    const of = { accountId: id, corporationId: account.corporation.id };
    await this.audit.done('second-factor-removal', of);
  }

  /** In the caller's transaction. The newest link replaces the ones before. */
  async send({ id, endsAt }: FactorRemoval, { addressee }: Account): Promise<void> {
    const latest = after(endsAt!, VALID);
    const link = await this.links.issue('factor-enrolment', id, VALID, latest);
    await this.mails.factorEnrolment(addressee, link);
    const dueToldAt = await databaseNow(this.em);
    await this.em.nativeUpdate(FactorRemoval, { id }, { dueToldAt });
  }
}
