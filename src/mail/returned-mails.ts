import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { tables } from '../database/tables.js';
import { Jobs } from '../jobs/jobs.js';
import type { MailDelivery } from './mail-delivery.entity.js';
import { undelivered } from './undelivered-mails.js';

/** Mails that came back, or that their server refused: what follows, and a row in the company's log. */
@Injectable()
export class ReturnedMails {
  constructor(
    private readonly em: EntityManager,
    private readonly audit: Audit,
    private readonly jobs: Jobs,
  ) {}

  /** In the caller's transaction. Mails to a billing contact or to the desk have no row. */
  async note(delivery: MailDelivery): Promise<void> {
    const { id, account, corporation } = delivery;
    await undelivered(this.jobs, delivery);
    const about = account ? { target: account.id } : await this.#invitationOf(id);
    if (!corporation || !about) return;
    await this.audit.record(
      'mail-delivery',
      'mail-returned',
      { corporationId: corporation.id },
      about,
    );
  }

  async #invitationOf(delivery: string): Promise<{ invitation: string } | undefined> {
    return tables(this.em)
      .selectFrom('invitations')
      .select('id as invitation')
      .where('delivery_id', '=', delivery)
      .executeTakeFirst();
  }
}
