import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { sqlBefore, sqlNow } from '../database/clock.js';
import { tables } from '../database/tables.js';
import { emailKey } from '../identity/login-id.js';
import { COMES_BACK } from './mail-delivery.entity.js';
import { MailLimits } from './mail-limits.js';

const folded = sql<string>`lower(recipient)`;

/** Mailboxes whose mails came back for good, until somebody proves that mail arrives (mail-troubles.sql). */
@Injectable()
export class SuppressedMailboxes {
  constructor(
    private readonly em: EntityManager,
    private readonly limits: MailLimits,
  ) {}

  /** Those of the addresses at which people of companies are sent nothing else. */
  async among(addresses: string[]): Promise<string[]> {
    const { rows } = await sql<{ address: string }>`
      select address from unnest(${addresses}::text[]) address where is_mail_suppressed(address)
    `.execute(tables(this.em));
    return rows.map(({ address }) => address);
  }

  /** Counts a recovery. @param email as it was typed @returns false when there was one within a day */
  async mayRecover(email: string): Promise<boolean> {
    const found = await tables(this.em)
      .selectFrom('mail_deliveries')
      .select('id')
      .where(folded, '=', emailKey(email))
      .where('state', '=', 'bounced')
      .where(sql<boolean>`is_mail_suppressed(recipient)`)
      .limit(1)
      .executeTakeFirst();
    return found === undefined || this.limits.takeOneADay('recovery', email);
  }

  /**
   * Somebody read a mail there: what came back before says nothing any more, nor does what may
   * still be on its way back. In the transaction of the proof.
   */
  async prove(address: string): Promise<void> {
    await tables(this.em)
      .updateTable('mail_deliveries')
      .set({ settled_at: sqlNow })
      .where(folded, '=', address.toLowerCase())
      .where('recipient', '=', address)
      .where('settled_at', 'is', null)
      .where('state', 'not in', ['queued', 'deferred'])
      .where(({ eb, or }) =>
        or([eb('state', '<>', 'handed-over'), eb('created_at', '>', sqlBefore(COMES_BACK))]),
      )
      .execute();
  }
}
