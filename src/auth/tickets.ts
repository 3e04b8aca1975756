import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql, sqlOne } from '../database/sql.js';
import { hashOf, newSecret } from './secrets.js';

/** What a one-time link is good for; a link for one purpose opens nothing else. */
export type Purpose = 'activation' | 'sign-in-report';

export type LinkRefusal = 'link-unknown' | 'link-used' | 'link-expired' | 'link-replaced';

export type TicketState = { ok: true; accountId: string } | { ok: false; reason: LinkRefusal };

interface Row {
  account_id: string;
  used: boolean;
  replaced: boolean;
  expired: boolean;
}

/**
 * One-time links. Only a hash of the key is stored, the newest link of an account replaces its
 * older ones, the database's clock decides about the deadline, and one statement uses a link up.
 */
@Injectable()
export class Tickets {
  constructor(private readonly em: EntityManager) {}

  /**
   * Issues a link's key in the caller's transaction and voids the older ones of the same purpose.
   * @param latest the link ends then, even when its hours are not over
   */
  async issue(
    purpose: Purpose,
    accountId: string,
    hours: number,
    latest?: Date | null,
  ): Promise<{ token: string; endsAt: Date }> {
    const token = newSecret();
    // Two who ask at once get their links one after the other: the later one replaces the earlier.
    await sql(this.em, 'select from accounts where id = $1 for no key update', [accountId]);
    await this.replace(purpose, accountId);
    const row = await sqlOne<{ ends_at: Date }>(
      this.em,
      `insert into mailed_links (purpose, subject, token_hash, ends_at)
       values ($1, $2, $3, least(genkan_now() + make_interval(hours => $4), $5)) returning ends_at`,
      [purpose, accountId, hashOf(token), hours, latest ?? null],
    );
    return { token, endsAt: row!.ends_at };
  }

  /** Voids the account's live link of this purpose. */
  async replace(purpose: Purpose, accountId: string): Promise<void> {
    await sql(
      this.em,
      `update mailed_links set replaced_at = genkan_now()
       where subject = $1 and purpose = $2 and used_at is null and replaced_at is null`,
      [accountId, purpose],
    );
  }

  /** Voids every live link of the account, whatever for, in the caller's transaction. */
  async replaceAllOf(accountId: string): Promise<void> {
    await sql(
      this.em,
      `update mailed_links set replaced_at = genkan_now()
       where subject = $1 and used_at is null and replaced_at is null`,
      [accountId],
    );
  }

  /** Looks without changing anything: what a GET of the link may do. */
  async look(purpose: Purpose, token: string | undefined): Promise<TicketState> {
    const row = await sqlOne<Row>(
      this.em,
      `select subject as account_id, used_at is not null as used, replaced_at is not null as replaced,
              ends_at <= genkan_now() as expired
       from mailed_links where token_hash = $1 and purpose = $2`,
      [hashOf(token ?? ''), purpose],
    );
    if (!row) return { ok: false, reason: 'link-unknown' };
    if (row.used) return { ok: false, reason: 'link-used' };
    if (row.replaced) return { ok: false, reason: 'link-replaced' };
    if (row.expired) return { ok: false, reason: 'link-expired' };
    return { ok: true, accountId: row.account_id };
  }

  /** Whose link it is or was, expired or used: its reader reads the account's mailbox. */
  async ownerOf(purpose: Purpose, token: string | undefined): Promise<string | undefined> {
    const row = await sqlOne<{ account_id: string }>(
      this.em,
      'select subject as account_id from mailed_links where token_hash = $1 and purpose = $2',
      [hashOf(token ?? ''), purpose],
    );
    return row?.account_id;
  }

  /** Uses the link up, in the caller's transaction; of parallel callers one succeeds. */
  async use(purpose: Purpose, token: string | undefined): Promise<TicketState> {
    const used = await sqlOne<{ account_id: string }>(
      this.em,
      `update mailed_links set used_at = genkan_now()
       where token_hash = $1 and purpose = $2 and used_at is null and replaced_at is null
         and ends_at > genkan_now()
       returning subject as account_id`,
      [hashOf(token ?? ''), purpose],
    );
    if (used) return { ok: true, accountId: used.account_id };
    const state = await this.look(purpose, token);
    return state.ok ? { ok: false, reason: 'link-used' } : state;
  }
}
