import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { MailedLinks } from '../../../auth/mailed-links/mailed-links.js';
import { inTransaction } from '../../../database/transaction.js';
import { Account } from '../../../identity/account.entity.js';
import { Jobs } from '../../../jobs/jobs.js';
import { OwnAccountMails } from '../../../mail/own-account-mails.js';
import { browserFacts, browserInWords } from '../../../web/browser-name.js';

const REPORTABLE = { days: 7 };

/** Queued by `note_environment()` in src/database/functions/known-environments.sql. */
export const NEW_ENVIRONMENT_JOB = 'tell-new-environment';

/** As `note_environment()` writes it, in the statement that signs in. */
interface NewEnvironment {
  accountId: string;
  /** Absent in jobs of a former version. */
  isFirst?: boolean;
  at: string;
  address: string;
  browser: string;
}

@Injectable()
export class NewEnvironments implements OnModuleInit {
  constructor(
    private readonly em: EntityManager,
    private readonly links: MailedLinks,
    private readonly mails: OwnAccountMails,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.register(NEW_ENVIRONMENT_JOB, (payload) => this.tell(payload as NewEnvironment));
  }

  async tell({ accountId, isFirst = false, at, address, browser }: NewEnvironment): Promise<void> {
    await inTransaction(this.em, async () => {
      const person = await this.em.findOneOrFail(
        Account,
        { id: accountId },
        { populate: ['corporation'] },
      );
      if (!person.hasProvedMailbox) return;
      const link = await this.links.issue('sign-in-report', accountId, REPORTABLE);
      const browserName = browserInWords(browserFacts(browser));
      const facts = { isFirst, time: new Date(at), address, browser: browserName };
      await this.mails.newEnvironment(person.addressee, facts, link);
    });
  }
}
