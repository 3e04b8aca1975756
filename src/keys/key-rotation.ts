import { EntityManager, raw } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Config } from '../config.js';
import { sqlBefore } from '../database/clock.js';
import { tables } from '../database/tables.js';
import { inTransaction } from '../database/transaction.js';
import { openIfPossible, Seal } from '../seal.js';
import { SecretKey } from './secret-key.entity.js';

/** Where sealed values wait, by the purpose of their key. */
export const SEALED = {
  mail: { table: 'mail_deliveries', column: 'sealed_message', where: 'true' },
  'kept-questions': { table: 'kept_questions', column: 'sealed_question', where: 'true' },
  'desk-questions': { table: 'desk_cases', column: 'sealed_question', where: 'true' },
  'application-queue': enrollments('queued'),
  review: enrollments('review'),
  'mailed-application': enrollments('by-mail'),
  totp: { table: 'totp_secrets', column: 'sealed_secret', where: 'true' },
} as const;

function enrollments(state: 'queued' | 'review' | 'by-mail') {
  return { table: 'enrollments', column: 'sealed_details', where: `state = '${state}'` } as const;
}

interface Resealed {
  renewed: number;
  unreadable: number;
}

/** What only the former key can read, because nobody can make it anew without the number on paper. */
export interface WaitingForNumbers {
  transferAccounts: number;
  companies: number;
  ticketCompanies: number;
  /** With recovery codes that the new key does not know. */
  recoveryPeople: number;
  invoices: number;
  invoiceCompanies: number;
  /** Mails of the last two days: what comes back of them names a mac of the former key. */
  returnPaths: number;
}

const BATCH = 500;

/** Brings what is in the database from the former `SECRET_KEY` to the new one. */
@Injectable()
export class KeyRotation {
  constructor(
    private readonly config: Config,
    private readonly em: EntityManager,
  ) {}

  /** Seals everything anew that waits sealed. Running it again does nothing. */
  async reseal(): Promise<Resealed> {
    const total = { renewed: 0, unreadable: 0 };
    for (const purpose of Object.keys(SEALED) as (keyof typeof SEALED)[]) {
      for (let last: string | undefined = '00000000-0000-0000-0000-000000000000'; last;) {
        const from: string = last;
        last = await inTransaction(this.em, () => this.#batch(purpose, from, total));
      }
    }
    return total;
  }

  /** @returns the last id of a whole batch; undefined when there are no more */
  async #batch(
    purpose: keyof typeof SEALED,
    from: string,
    total: Resealed,
  ): Promise<string | undefined> {
    const { table, column, where } = SEALED[purpose];
    const db = tables(this.em);
    const found = await sql<{ id: string; sealed: Buffer }>`
      select id, ${sql.ref(column)} as sealed from ${sql.table(table)}
      where id > ${from} and ${sql.raw(where)} and ${sql.ref(column)} is not null
      order by id limit ${BATCH} for update`.execute(db);
    const [current, ...former] = this.config.keysFor(purpose);
    const both = new Seal([current!, ...former]);
    for (const { id, sealed } of found.rows) {
      if (openIfPossible(new Seal([current!]), sealed)) continue;
      const value = openIfPossible<object>(both, sealed);
      total[value ? 'renewed' : 'unreadable'] += 1;
      if (value)
        await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${both.seal(value)}
                  where id = ${id}`.execute(db);
    }
    return found.rows.length < BATCH ? undefined : found.rows.at(-1)!.id;
  }

  /** The exchange is over: no instance starts any more with a former key alone. */
  async finish(): Promise<void> {
    const former = { fingerprint: { $ne: this.config.keyFingerprint }, exchangedAt: null };
    await this.em.nativeUpdate(SecretKey, former, { exchangedAt: raw('genkan_now()') });
  }

  /** Rows without a fingerprint are of the first key that the database was used with. */
  async waiting(): Promise<WaitingForNumbers> {
    const fingerprint = this.config.keyFingerprint;
    const isOfOther = sql<boolean>`coalesce(secret_key, (
      select fingerprint from secret_keys order by adopted_at limit 1)) <> ${fingerprint}`;
    const accounts = await tables(this.em)
      .selectFrom('transfer_accounts')
      .where(isOfOther)
      .select([
        sql<number>`count(*)::int`.as('transferAccounts'),
        sql<number>`count(distinct corporation_id)::int`.as('companies'),
      ])
      .executeTakeFirstOrThrow();
    const tickets = await tables(this.em)
      .selectFrom('ip_tickets')
      .where(isOfOther)
      .where('used_at', 'is', null)
      .where('replaced_at', 'is', null)
      .select(sql<number>`count(distinct corporation_id)::int`.as('ticketCompanies'))
      .executeTakeFirstOrThrow();
    const codes = await tables(this.em)
      .selectFrom('recovery_codes')
      .where('secret_key', '<>', fingerprint)
      .where('used_at', 'is', null)
      .select(
        sql<number>`count(distinct coalesce(account_id, operator_id))::int`.as('recoveryPeople'),
      )
      .executeTakeFirstOrThrow();
    const invoices = await tables(this.em)
      .selectFrom('invoices')
      .where('secret_key', '<>', fingerprint)
      .select([
        sql<number>`count(*)::int`.as('invoices'),
        sql<number>`count(distinct corporation_id)::int`.as('invoiceCompanies'),
      ])
      .executeTakeFirstOrThrow();
    return {
      ...accounts,
      ...tickets,
      ...codes,
      ...invoices,
      returnPaths: await this.#returnPaths(),
    };
  }

  /** Sent before the exchange was over, by an instance that may have had the former key. */
  async #returnPaths(): Promise<number> {
    if (this.config.bounceDomain === undefined) return 0;
    const former = sql<Date>`(
      select max(exchanged_at) from secret_keys where fingerprint <> ${this.config.keyFingerprint})`;
    const { mails } = await tables(this.em)
      .selectFrom('mail_deliveries')
      .where('state', '=', 'handed-over')
      .where('created_at', '>', sqlBefore({ days: 4 }))
      .where('finished_at', '>', sqlBefore({ days: 2 }))
      .where('finished_at', '<=', former)
      .select(sql<number>`count(*)::int`.as('mails'))
      .executeTakeFirstOrThrow();
    return mails;
  }
}
