import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql } from 'kysely';
import { before, databaseNow, sqlAfter, sqlNow } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import { inTransaction } from '../../database/transaction.js';
import { administratorsOf } from '../../identity/administrators.js';
import { Jobs } from '../../jobs/jobs.js';
import { IpRestrictionMails, type MailedEntry } from '../../mail/ip-restriction-mails.js';
import type { IpEndNotice } from './ip-end-notice.entity.js';

const WEEK = { days: 7 };
const DAY = { days: 1 };

interface EndingEntry extends MailedEntry {
  corporationId: string;
  listId: string;
  knownSince: Date;
}

/**
 * Tells administrators of entries that end in 7 days and in 1 day, and of entries that stay after
 * their end because no administrator could sign in without them. The verdict needs none of this.
 */
@Injectable()
export class EndingEntries implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly em: EntityManager,
    private readonly mails: IpRestrictionMails,
  ) {}

  onModuleInit(): void {
    this.jobs.register('ip-entries-end', () => this.tell(), '23 * * * *');
  }

  /** Each notice goes out once, however often and wherever this runs. */
  async tell(): Promise<void> {
    await inTransaction(this.em, async () => {
      const now = await databaseNow(this.em);
      const all = await this.#ending();
      await this.#tellBefore(
        all.filter(({ end }) => end > now),
        now,
      );
      await this.#tellKept(all.filter(({ end }) => end <= now));
    });
  }

  async #ending(): Promise<EndingEntry[]> {
    return tables(this.em)
      .selectFrom('corporations as c')
      .innerJoin('ip_versions as v', (join) =>
        join.on('v.id', '=', sql<string>`ip_version_in_force(c.id)`).on('v.restricts', '=', true),
      )
      .innerJoin('ip_entries as e', 'e.version_id', 'v.id')
      .innerJoin('ip_versions as older', 'older.corporation_id', 'c.id')
      .innerJoin('ip_entries as o', (join) =>
        join
          .onRef('o.version_id', '=', 'older.id')
          .onRef('o.network', '=', 'e.network')
          .onRef('o.ends_at', '=', 'e.ends_at'),
      )
      .select(['c.id as corporationId', 'v.id as listId', 'e.network', 'e.label'])
      .select((eb) => [
        eb.ref('e.ends_at').$notNull().as('end'),
        eb.fn.min('older.created_at').as('knownSince'),
      ])
      .where('c.has_ip_versions', '=', true)
      .where('c.state', '=', 'active')
      .where('e.ends_at', '<=', sqlAfter(WEEK))
      .groupBy(['c.id', 'v.id', 'e.network', 'e.label', 'e.ends_at'])
      .orderBy('e.ends_at')
      .orderBy('e.network')
      .orderBy('c.id')
      .execute();
  }

  /** An entry that was made for three days needs no notice seven days before its end. */
  async #tellBefore(ending: EndingEntry[], now: Date): Promise<void> {
    const due: EndingEntry[] = [];
    for (const entry of ending) {
      const isLastDay = before(entry.end, DAY) <= now;
      const [kind, span] = isLastDay ? (['day', DAY] as const) : (['week', WEEK] as const);
      const isOld = entry.knownSince <= before(entry.end, span);
      if (isOld && (await this.#note(entry, kind))) due.push(entry);
    }
    for (const [company, entries] of byCompany(due)) {
      const told = await Promise.all(
        entries.map(async (entry) => ({ ...entry, kept: await this.#isHeldBack(entry) })),
      );
      for (const to of await administratorsOf(this.em, company))
        await this.mails.entriesEnd(to, told);
    }
  }

  async #tellKept(ended: EndingEntry[]): Promise<void> {
    const kept: EndingEntry[] = [];
    for (const entry of ended)
      if ((await this.#isHeldBack(entry)) && (await this.#note(entry, 'kept'))) kept.push(entry);
    for (const [company, entries] of byCompany(kept))
      for (const to of await administratorsOf(this.em, company))
        await this.mails.entriesKept(to, entries);
  }

  async #note(entry: EndingEntry, kind: IpEndNotice['kind']): Promise<boolean> {
    const { corporationId: corporation_id, network, end: ends_at } = entry;
    const noted = await tables(this.em)
      .insertInto('ip_end_notices')
      .values({ corporation_id, network, ends_at, kind, told_at: sqlNow })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return noted.numInsertedOrUpdatedRows === 1n;
  }

  async #isHeldBack({ listId, network }: EndingEntry): Promise<boolean> {
    const held = sql<boolean>`ip_end_held_back(${listId}, ${network})`.as('held');
    return (await tables(this.em).selectNoFrom(held).executeTakeFirstOrThrow()).held;
  }

  async keptOf(listId: string): Promise<string[]> {
    const kept = await tables(this.em)
      .selectFrom('ip_entries')
      .select('network')
      .where('version_id', '=', listId)
      .where('ends_at', '<=', sqlNow)
      .where(sql<boolean>`ip_end_held_back(version_id, network)`)
      .orderBy('network')
      .execute();
    return kept.map(({ network }) => network);
  }
}

function byCompany(entries: EndingEntry[]): Map<string, EndingEntry[]> {
  return Map.groupBy(entries, ({ corporationId }) => corporationId);
}
