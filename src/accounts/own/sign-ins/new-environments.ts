import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Tickets } from '../../../auth/tickets.js';
import { sqlOne } from '../../../database/sql.js';
import { inTransaction } from '../../../database/transaction.js';
import { Jobs } from '../../../jobs/jobs.js';
import type { Addressee } from '../../../mail/mails.js';
import { OwnAccountMails } from '../../../mail/own-account-mails.js';
import { browserFacts } from '../../../web/browser-name.js';

const REPORT_HOURS = 7 * 24;

/** Queued by `note_environment()` in src/database/functions/known-environments.sql. */
export const NEW_ENVIRONMENT_JOB = 'tell-new-environment';

/** As `note_environment()` writes it, in the statement that signs in. */
interface NewEnvironment {
  accountId: string;
  at: string;
  address: string;
  browser: string;
}

/** Tells people of a sign-in from where, or with what, they were not before. */
@Injectable()
export class NewEnvironments implements OnModuleInit {
  constructor(
    private readonly em: EntityManager,
    private readonly tickets: Tickets,
    private readonly mails: OwnAccountMails,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.register(NEW_ENVIRONMENT_JOB, (payload) => this.tell(payload as NewEnvironment));
  }

  async tell({ accountId, at, address, browser }: NewEnvironment): Promise<void> {
    await inTransaction(this.em, async () => {
      const person = await sqlOne<Addressee>(
        this.em,
        `select a.id as "accountId", a.corporation_id as "corporationId", c.name as "corporationName",
                a.name, a.email, a.language
         from accounts a join corporations c on c.id = a.corporation_id
         where a.id = $1 and a.state in ('active', 'suspended')`,
        [accountId],
      );
      if (!person) return;
      const link = await this.tickets.issue('sign-in-report', accountId, REPORT_HOURS);
      const facts = { at: new Date(at), address, browser: browserFacts(browser) };
      await this.mails.newEnvironment(person, facts, link);
    });
  }
}
