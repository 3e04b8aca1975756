import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { SignedIn } from '../../auth/sessions.js';
import { sql, sqlOne } from '../../database/sql.js';
import { Jobs } from '../../jobs/jobs.js';
import type { Entry } from '../networks/fold-entries.js';
import { IpAnnouncements } from './ip-announcements.js';
import { IpVersions, type IpVersion } from './ip-versions.js';

export const TRIAL_END_JOB = 'ip-trial-end';

export interface NewVersion {
  restricts: boolean;
  entries: readonly Entry[];
  /** Milliseconds; undefined: in force for good at once. */
  trial: number | undefined;
}

/** Writes a new list in the caller's transaction, which holds the company, and tells everybody. */
@Injectable()
export class NewVersions {
  constructor(
    private readonly em: EntityManager,
    private readonly versions: IpVersions,
    private readonly announcements: IpAnnouncements,
    private readonly jobs: Jobs,
  ) {}

  async add(author: SignedIn, { restricts, entries, trial }: NewVersion): Promise<IpVersion> {
    const { corporationId, accountId, name } = author;
    const added = await sqlOne<{ id: string; run_at: Date | null }>(
      this.em,
      `insert into ip_versions (corporation_id, number, restricts, follows, author_id, author_name,
                                trial_ends_at, confirmed_at, confirmed_by, confirmed_by_name)
       select $1, coalesce(max(number), 0) + 1, $2::boolean, ip_version_in_force($1), $3::uuid, $4::text,
              genkan_now() + make_interval(secs => $5),
              case when $5::float is null then genkan_now() end,
              case when $5::float is null then $3::uuid end,
              case when $5::float is null then $4::text end
       from ip_versions where corporation_id = $1
       returning id, now() + (trial_ends_at - genkan_now()) as run_at`,
      [corporationId, restricts, accountId, name, trial === undefined ? null : trial / 1000],
    );
    const { id, run_at: runAt } = added!;
    await this.#write(id, entries);
    const version = (await this.versions.inForce(corporationId))!;
    if (runAt) {
      await this.jobs.add(TRIAL_END_JOB, { id }, { runAt, key: `${TRIAL_END_JOB}:${id}` });
      await this.announcements.trialStarted(corporationId, version);
    } else await this.announcements.changed(corporationId, version, name);
    return version;
  }

  async #write(versionId: string, entries: readonly Entry[]): Promise<void> {
    await sql(
      this.em,
      `insert into ip_entries (version_id, network, label, ends_at)
       select $1, * from unnest($2::cidr[], $3::text[], $4::timestamptz[])`,
      [
        versionId,
        entries.map(({ network }) => network),
        entries.map(({ label }) => label),
        entries.map(({ endsAt }) => endsAt),
      ],
    );
  }
}
