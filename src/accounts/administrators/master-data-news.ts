import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Corporation } from '../../corporations/corporation.entity.js';
import { approvedAdministrators } from '../../corporations/hold-corporation.js';
import { TELL_OF_MASTER_DATA, type CompanyNews } from '../../corporations/master-data-log.js';
import { databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { Account } from '../../identity/account.entity.js';
import { Jobs } from '../../jobs/jobs.js';
import { maskedEmail } from '../../mail/masked-email.js';
import { MemberMails, type MasterDataLetter } from '../../mail/member-mails.js';
import type { Addressee } from '../../mail/mail-queue.js';

/**
 * An import changed where a company's invoices go, or from which account it pays. Its billing contact
 * hears of it, at the address from before; its administrators, where it had none.
 */
@Injectable()
export class MasterDataNews implements OnModuleInit {
  constructor(
    private readonly em: EntityManager,
    private readonly jobs: Jobs,
    private readonly mails: MemberMails,
  ) {}

  onModuleInit(): void {
    this.jobs.register(TELL_OF_MASTER_DATA, (payload) =>
      this.#tell((payload as { companies: CompanyNews[] }).companies),
    );
  }

  async #tell(companies: CompanyNews[]): Promise<void> {
    await inTransaction(this.em, async () => {
      const time = await databaseNow(this.em);
      const ids = companies.map(({ id }) => id);
      const found = await this.em.find(Corporation, { id: { $in: ids } }, { refresh: true });
      const byId = new Map(found.map((corporation) => [corporation.id, corporation]));
      const letters: MasterDataLetter[] = [];
      for (const news of companies) {
        const corporation = byId.get(news.id);
        for (const to of corporation ? await this.#readers(corporation, news) : [])
          letters.push({ to, news: newsOf(news, corporation!) });
      }
      await this.mails.masterDataChanged(letters, time);
    });
  }

  async #readers(corporation: Corporation, { formerEmail }: CompanyNews): Promise<Addressee[]> {
    if (formerEmail) return [corporation.contactAt(formerEmail)];
    const approved = { id: { $in: await approvedAdministrators(this.em, corporation.id) } };
    const found = await this.em.find(Account, approved, { populate: ['corporation'] });
    return found.map(({ addressee }) => addressee);
  }
}

function newsOf(
  { formerEmail, isEmailChanged, isAccountAdded }: CompanyNews,
  { billingEmail }: Corporation,
): MasterDataLetter['news'] {
  const newEmail = billingEmail ? maskedEmail(billingEmail) : '';
  const isFormer = isEmailChanged && formerEmail !== null;
  return { isEmailChanged, isAccountAdded, newEmail, isFormer };
}
