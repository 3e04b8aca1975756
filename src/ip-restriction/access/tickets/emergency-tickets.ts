import { createHmac } from 'node:crypto';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { newSecret } from '../../../auth/secrets.js';
import { Config } from '../../../config.js';
import { sql, sqlOne } from '../../../database/sql.js';
import { MINUTE_MS } from '../../../durations.js';
import { Cookie } from '../../../web/cookies.js';
import type { Person, Visit } from '../../../web/visit.js';
import { codesOf } from './ticket-code.js';

export const TICKETS = 10;

/** How long the browser that issued a sheet can still show it. */
const SHOWN_FOR_MS = 30 * MINUTE_MS;

/** The sheet of a company: how many of its codes are left, and since when there is one. */
export interface Sheet {
  left: number;
  issuedAt: Date;
}

/**
 * 緊急用チケット: one-time codes with which an administrator reaches the pages of the restriction
 * from anywhere. Only keyed hashes are stored. What shows the new codes is a secret that the issuing
 * browser alone holds, for half an hour.
 */
@Injectable()
export class EmergencyTickets {
  readonly #cookie = new Cookie('tickets', SHOWN_FOR_MS);
  readonly #key: Buffer;

  constructor(
    config: Config,
    private readonly em: EntityManager,
  ) {
    this.#key = config.keyFor('ip-tickets');
  }

  /**
   * Issues ten in the caller's transaction, and voids the older ones. The caller leads to
   * `/ip-restriction/tickets`, where this browser alone sees them.
   */
  async issue({ accountId, corporationId }: Person, visit: Visit): Promise<void> {
    const secret = newSecret();
    await sql(
      this.em,
      `update ip_tickets set replaced_at = genkan_now()
       where corporation_id = $1 and used_at is null and replaced_at is null`,
      [corporationId],
    );
    await sql(
      this.em,
      'insert into ip_tickets (corporation_id, code_hash) select $1, unnest($2::bytea[])',
      [corporationId, codesOf(secret + accountId, TICKETS).map((code) => this.#hashOf(code))],
    );
    this.#cookie.set(visit, secret);
  }

  /** Undefined while none was issued, or none is left. */
  async sheet(corporationId: string): Promise<Sheet | undefined> {
    const row = await sqlOne<{ left: number; issuedAt: Date | null }>(
      this.em,
      `select count(*)::int as left, max(created_at) as "issuedAt" from ip_tickets
       where corporation_id = $1 and used_at is null and replaced_at is null`,
      [corporationId],
    );
    return row?.issuedAt ? { left: row.left, issuedAt: row.issuedAt } : undefined;
  }

  /** The codes that this person issued in this browser just now and that still work. */
  async shown({ accountId, corporationId }: Person, visit: Visit): Promise<string[]> {
    const secret = this.#cookie.read(visit);
    if (secret === undefined) return [];
    const codes = codesOf(secret + accountId, TICKETS);
    const live = await sql<{ place: number }>(
      this.em,
      `select given.place::int as place
       from unnest($2::bytea[]) with ordinality as given (code_hash, place)
       join ip_tickets t on t.code_hash = given.code_hash and t.corporation_id = $1
       where t.used_at is null and t.replaced_at is null order by place`,
      [corporationId, codes.map((code) => this.#hashOf(code))],
    );
    return live.map(({ place }) => codes[place - 1]!);
  }

  /** The codes were written down: this browser shows them no more. */
  hide(visit: Visit): void {
    this.#cookie.clear(visit);
  }

  /** Uses one up, in the caller's transaction; of parallel callers one succeeds. */
  async use(corporationId: string, accountId: string, code: string): Promise<boolean> {
    const used = await sqlOne(
      this.em,
      `update ip_tickets set used_at = genkan_now(), used_by = $3
       where corporation_id = $1 and code_hash = $2 and used_at is null and replaced_at is null
       returning 1 as used`,
      [corporationId, this.#hashOf(code), accountId],
    );
    return used !== undefined;
  }

  #hashOf(code: string): Buffer {
    return createHmac('sha256', this.#key).update(code).digest();
  }
}
