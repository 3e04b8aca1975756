import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql } from '../../../database/sql.js';
import { inTransaction } from '../../../database/transaction.js';
import { Jobs } from '../../../jobs/jobs.js';
import { IpAccessMails, type MailedEntry } from '../../../mail/ip-access-mails.js';
import { administratorsOf } from '../administrators.js';

type Noticed = MailedEntry & { corporationId: string; held: boolean };

/** Entries of the lists in force, each by itself; `held` is what the verdict will say after its end. */
const ENDING = `
  with ending as (
    select v.corporation_id, e.network, e.label, e.ends_at, v.id as version_id
    from corporations c
    join ip_versions v on v.id = ip_version_in_force(c.id) and v.restricts
    join ip_entries e on e.version_id = v.id
    where c.has_ip_versions and c.state = 'active' and e.ends_at is not null
      and e.ends_at <= genkan_now() + interval '7 days')`;

/**
 * Before the end, and only where the entry is older than the time that the notice is due at: what
 * was registered for three days needs no notice seven days before.
 */
const NOTE_BEFORE = `${ENDING},
  due as (
    select ending.*, case when ends_at > genkan_now() + interval '1 day' then 'week' else 'day' end as kind
    from ending where ends_at > genkan_now()),
  noted as (
    insert into ip_end_notices (corporation_id, network, ends_at, kind)
    select corporation_id, network, ends_at, kind from due
    where exists (
      select from ip_versions older join ip_entries o on o.version_id = older.id
      where older.corporation_id = due.corporation_id and o.network = due.network
        and o.ends_at = due.ends_at
        and older.created_at <= due.ends_at - case due.kind when 'week' then interval '7 days'
                                                            else interval '1 day' end)
    on conflict do nothing returning corporation_id, network)
  select due.corporation_id as "corporationId", due.network::text as network, due.label,
         due.ends_at as "endsAt", ip_end_held_back(due.version_id, due.network) as held
  from due join noted using (corporation_id, network) order by due.ends_at, due.network`;

const NOTE_KEPT = `${ENDING},
  noted as (
    insert into ip_end_notices (corporation_id, network, ends_at, kind)
    select corporation_id, network, ends_at, 'kept' from ending
    where ends_at <= genkan_now() and ip_end_held_back(version_id, network)
    on conflict do nothing returning corporation_id, network, ends_at)
  select ending.corporation_id as "corporationId", ending.network::text as network, ending.label,
         ending.ends_at as "endsAt", true as held
  from ending join noted using (corporation_id, network, ends_at) order by ends_at, network`;

/**
 * Tells administrators what ends soon (7 days and 1 day before), and what goes on after its end
 * because no administrator could come in without it. The verdict needs none of this.
 */
@Injectable()
export class EndingEntries implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly em: EntityManager,
    private readonly mails: IpAccessMails,
  ) {}

  onModuleInit(): void {
    this.jobs.register('ip-entries-end', () => this.tell(), '23 * * * *');
  }

  /** Each notice goes out once, however often and wherever this runs. */
  async tell(): Promise<void> {
    await inTransaction(this.em, async () => {
      for (const [company, entries] of byCompany(await sql<Noticed>(this.em, NOTE_BEFORE)))
        for (const administrator of await administratorsOf(this.em, company))
          await this.mails.entriesEnd(
            administrator,
            entries.map((entry) => ({ ...entry, kept: entry.held })),
          );
    });
    await inTransaction(this.em, async () => {
      for (const [company, entries] of byCompany(await sql<Noticed>(this.em, NOTE_KEPT)))
        for (const administrator of await administratorsOf(this.em, company))
          await this.mails.entriesKept(administrator, entries);
    });
  }

  /** The networks of a version that go on after their end, for the page of the list. */
  async keptOf(versionId: string): Promise<string[]> {
    const kept = await sql<{ network: string }>(
      this.em,
      `select network::text as network from ip_entries
       where version_id = $1 and ends_at <= genkan_now() and ip_end_held_back(version_id, network)
       order by network`,
      [versionId],
    );
    return kept.map(({ network }) => network);
  }
}

function byCompany(entries: Noticed[]): Map<string, Noticed[]> {
  return Map.groupBy(entries, ({ corporationId }) => corporationId);
}
