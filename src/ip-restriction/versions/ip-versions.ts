import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql, sqlOne } from '../../database/sql.js';
import type { Entry } from '../networks/fold-entries.js';

/** One list as it was made: what happened to it since is in its times. */
export interface IpVersion {
  id: string;
  number: number;
  /** False: from then on nothing is restricted. */
  restricts: boolean;
  /** The list that was in force when this one was made. */
  follows: string | null;
  authorId: string | null;
  authorName: string;
  createdAt: Date;
  trialEndsAt: Date | null;
  confirmedAt: Date | null;
  confirmedByName: string | null;
  endedAt: Date | null;
  endedByName: string | null;
  endedBecause: 'stopped' | 'objection' | null;
  /** On trial at this moment. */
  isOnTrial: boolean;
}

/** An entry with the moment when it admitted somebody last. */
export type UsedEntry = Entry & { lastUsedAt: Date | null };

const COLUMNS = `
  v.id, v.number, v.restricts, v.follows, v.author_id as "authorId", v.author_name as "authorName",
  v.created_at as "createdAt", v.trial_ends_at as "trialEndsAt", v.confirmed_at as "confirmedAt",
  v.confirmed_by_name as "confirmedByName", v.ended_at as "endedAt",
  v.ended_by_name as "endedByName", v.ended_because as "endedBecause",
  v.confirmed_at is null and v.ended_at is null and v.trial_ends_at > genkan_now() as "isOnTrial"`;

/** The lists of companies, as they are. What makes, confirms and ends them stands beside this. */
@Injectable()
export class IpVersions {
  constructor(private readonly em: EntityManager) {}

  /** The list that decides now; undefined when there never was one, or none is left. */
  async inForce(corporationId: string): Promise<IpVersion | undefined> {
    return sqlOne<IpVersion>(
      this.em,
      `select ${COLUMNS} from ip_versions v where v.id = ip_version_in_force($1)`,
      [corporationId],
    );
  }

  /** The newest first. @param from how many newer ones to leave out */
  async history(corporationId: string, from: number, most: number): Promise<IpVersion[]> {
    return sql<IpVersion>(
      this.em,
      `select ${COLUMNS} from ip_versions v where v.corporation_id = $1
       order by v.number desc offset $2 limit $3`,
      [corporationId, from, most],
    );
  }

  async count(corporationId: string): Promise<number> {
    const row = await sqlOne<{ count: number }>(
      this.em,
      'select count(*)::int as count from ip_versions where corporation_id = $1',
      [corporationId],
    );
    return row!.count;
  }

  /** The entries of a list, by family and address; none for a list that restricts nothing. */
  async entriesOf(versionId: string | undefined): Promise<UsedEntry[]> {
    return sql<UsedEntry>(
      this.em,
      `select e.network::text as network, e.label, e.ends_at as "endsAt", u.last_used_at as "lastUsedAt"
       from ip_entries e join ip_versions v on v.id = e.version_id
       left join ip_uses u on u.corporation_id = v.corporation_id and u.network = e.network
       where e.version_id = $1 order by e.network`,
      [versionId ?? null],
    );
  }

  /** The entry that admits an address by this very list, whatever else is in force. */
  async admitting(versionId: string, address: string): Promise<string | undefined> {
    const row = await sqlOne<{ network: string | null }>(
      this.em,
      'select ip_admitting($1, $2)::text as network',
      [versionId, address],
    );
    return row?.network ?? undefined;
  }

  /** Until when, and why, the desk lets everybody in. */
  async suspension(corporationId: string): Promise<{ endsAt: Date; reason: string } | undefined> {
    return sqlOne<{ endsAt: Date; reason: string }>(
      this.em,
      `select ends_at as "endsAt", reason from ip_suspensions
       where corporation_id = $1 and lifted_at is null and ends_at > genkan_now()
       order by ends_at desc limit 1`,
      [corporationId],
    );
  }
}
