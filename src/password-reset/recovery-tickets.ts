import { createHmac, randomInt } from 'node:crypto';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { emailKey } from '../identity/login-id.js';
import { hashOf, newSecret } from '../auth/secrets.js';
import type { LinkRefusal } from '../auth/tickets.js';
import { Config } from '../config.js';
import { sql, sqlOne } from '../database/sql.js';

const HOURS = 24;
/** Without letters and digits that are mistaken for each other. */
const CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const CODE_LENGTH = 8;

/** A request that may still be fulfilled, for the readers of one mailbox. */
export interface LiveRecovery {
  id: string;
  emailKey: string;
  /** The name of the mailbox that gives nothing away. */
  mailbox: string;
}

export type RecoveryState =
  { ok: true; recovery: LiveRecovery } | { ok: false; reason: LinkRefusal };

type Row = LiveRecovery & { used: boolean; replaced: boolean; expired: boolean };

/**
 * The links of lost IDs and passwords: one live one for each mailbox, valid for 24 hours by the
 * database's clock. Only hashes of link and code are stored.
 */
@Injectable()
export class RecoveryTickets {
  readonly #key: Buffer;

  constructor(
    config: Config,
    private readonly em: EntityManager,
  ) {
    this.#key = config.keyFor('recovery');
  }

  /** How a mailbox is named in the table: unknown addresses leave no trace that can be read. */
  #mailboxOf(email: string): Buffer {
    return createHmac('sha256', this.#key).update(emailKey(email)).digest();
  }

  /** A new request, which voids the older ones of the mailbox; in the caller's transaction. */
  async request(email: string): Promise<{ id: string; endsAt: Date }> {
    const mailbox = this.#mailboxOf(email);
    // Two who ask at once are served one after the other: the later request voids the earlier.
    await sql(this.em, `select pg_advisory_xact_lock(hashtextextended(encode($1, 'hex'), 0))`, [
      mailbox,
    ]);
    await this.replace(email);
    const row = await sqlOne<{ id: string; endsAt: Date }>(
      this.em,
      `insert into recoveries (mailbox, ends_at) values ($1, genkan_now() + make_interval(hours => $2))
       returning id, ends_at as "endsAt"`,
      [mailbox, HOURS],
    );
    return row!;
  }

  /** Until when a link would work that was sent now. */
  async deadline(): Promise<Date> {
    const row = await sqlOne<{ at: Date }>(
      this.em,
      'select genkan_now() + make_interval(hours => $1) as at',
      [HOURS],
    );
    return row!.at;
  }

  /** Gives a request of a known mailbox its link's token and the code; undefined when it is over. */
  async arm(
    id: string,
    emailKey: string,
  ): Promise<{ token: string; code: string; endsAt: Date } | undefined> {
    const [token, code] = [newSecret(), newCode()];
    const row = await sqlOne<{ ends_at: Date }>(
      this.em,
      `update recoveries set token_hash = $2, code_hash = $3, email_key = $4
       where id = $1 and token_hash is null and used_at is null and replaced_at is null and ends_at > genkan_now()
       returning ends_at`,
      [id, hashOf(token), this.#hashOfCode(id, code), emailKey],
    );
    return row && { token, code, endsAt: row.ends_at };
  }

  /** Voids what is under way for a mailbox, e.g. because the password was changed otherwise. */
  async replace(email: string): Promise<void> {
    await sql(
      this.em,
      'update recoveries set replaced_at = genkan_now() where mailbox = $1 and used_at is null and replaced_at is null',
      [this.#mailboxOf(email)],
    );
  }

  /** Looks at a link without changing anything. */
  async look(token: string | undefined): Promise<RecoveryState> {
    return this.#state('token_hash = $1', hashOf(token ?? ''));
  }

  /** Looks at a request that a wizard already holds. */
  async lookById(id: string): Promise<RecoveryState> {
    return this.#state('id = $1', id);
  }

  /**
   * Finds the live request of a mailbox by its code. A try is counted before it is compared, for
   * every mailbox that was asked for: five in all, within 15 minutes of the first.
   */
  async findByCode(email: string, code: string): Promise<LiveRecovery | undefined> {
    const row = await sqlOne<LiveRecovery & { codeHash: Buffer | null }>(
      this.em,
      `update recoveries set code_tries = code_tries + 1,
              code_first_tried_at = coalesce(code_first_tried_at, genkan_now())
       where mailbox = $1 and used_at is null and replaced_at is null and ends_at > genkan_now()
         and code_tries < 5
         and coalesce(code_first_tried_at, genkan_now()) > genkan_now() - interval '15 minutes'
       returning id, email_key as "emailKey", encode(mailbox, 'hex') as mailbox, code_hash as "codeHash"`,
      [this.#mailboxOf(email)],
    );
    if (!row?.codeHash?.equals(this.#hashOfCode(row.id, code))) return undefined;
    return { id: row.id, emailKey: row.emailKey, mailbox: row.mailbox };
  }

  /** Uses the request up, in the caller's transaction; of parallel callers one succeeds. */
  async use(id: string): Promise<RecoveryState> {
    const used = await sqlOne<LiveRecovery>(
      this.em,
      `update recoveries set used_at = genkan_now()
       where id = $1 and used_at is null and replaced_at is null and ends_at > genkan_now()
       returning id, email_key as "emailKey", encode(mailbox, 'hex') as mailbox`,
      [id],
    );
    if (used) return { ok: true, recovery: used };
    const state = await this.lookById(id);
    return state.ok ? { ok: false, reason: 'link-used' } : state;
  }

  async #state(condition: string, value: unknown): Promise<RecoveryState> {
    const row = await sqlOne<Row>(
      this.em,
      `select id, email_key as "emailKey", encode(mailbox, 'hex') as mailbox, used_at is not null as used, replaced_at is not null as replaced,
              ends_at <= genkan_now() as expired
       from recoveries where ${condition}`,
      [value],
    );
    if (!row) return { ok: false, reason: 'link-unknown' };
    if (row.used) return { ok: false, reason: 'link-used' };
    if (row.replaced) return { ok: false, reason: 'link-replaced' };
    if (row.expired) return { ok: false, reason: 'link-expired' };
    return { ok: true, recovery: { id: row.id, emailKey: row.emailKey, mailbox: row.mailbox } };
  }

  /** Codes are short, so their hash is keyed: the table alone does not give them away. */
  #hashOfCode(id: string, code: string): Buffer {
    return createHmac('sha256', this.#key).update(`${id}:${code}`).digest();
  }
}

function newCode(): string {
  return Array.from(
    { length: CODE_LENGTH },
    () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)],
  ).join('');
}
