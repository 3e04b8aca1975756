import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { after, databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { Account } from '../../identity/account.entity.js';
import { Jobs } from '../../jobs/jobs.js';
import { LostFactorMails } from '../../mail/lost-factor-mails.js';
import { MailedLinks } from '../mailed-links/mailed-links.js';
import { FactorRemoval } from '../second-factor/factor-removal.entity.js';
import { FactorRemovals } from '../second-factor/factor-removals.js';

const VALID = { days: 14 };

/** The links that open the set-up of another factor, once the time of a removal is over. */
@Injectable()
export class EnrolmentLinks implements OnModuleInit {
  constructor(
    private readonly em: EntityManager,
    private readonly links: MailedLinks,
    private readonly removals: FactorRemovals,
    private readonly jobs: Jobs,
    private readonly mails: LostFactorMails,
  ) {}

  onModuleInit(): void {
    this.jobs.register('tell-due-factor-removals', () => this.run(), '*/5 * * * *');
  }

  async run(): Promise<void> {
    const due = { stateNow: 'due', dueToldAt: null } as const;
    for (const { account } of await this.em.find(FactorRemoval, due))
      await inTransaction(this.em, async () => {
        const removal = await this.removals.hold(account.id);
        if (removal?.stateNow !== 'due' || removal.dueToldAt) return;
        await this.send(
          removal,
          await this.em.findOneOrFail(Account, account.id, { populate: ['corporation'] }),
        );
      });
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
