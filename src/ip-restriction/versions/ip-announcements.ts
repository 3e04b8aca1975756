import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { databaseNow, sql } from '../../database/sql.js';
import { IpRestrictionMails } from '../../mail/ip-restriction-mails.js';
import type { Addressee } from '../../mail/mails.js';
import { IpVersions, type IpVersion } from './ip-versions.js';

/** Tells every administrator of a company what happened to its list, in the caller's transaction. */
@Injectable()
export class IpAnnouncements {
  constructor(
    private readonly em: EntityManager,
    private readonly mails: IpRestrictionMails,
    private readonly versions: IpVersions,
  ) {}

  async trialStarted(corporationId: string, version: IpVersion): Promise<void> {
    const change = { ...changeOf(version), endsAt: version.trialEndsAt! };
    for (const to of await this.#administrators(corporationId))
      await this.mails.trialStarted(to, change);
  }

  /** @param actorName who confirmed it, or applied it without a trial */
  async changed(corporationId: string, version: IpVersion, actorName: string): Promise<void> {
    const change = { ...changeOf(version), at: version.confirmedAt!, actorName };
    for (const to of await this.#administrators(corporationId))
      await this.mails.changed(to, change);
  }

  /** @param actorName null when time alone did it */
  async ended(corporationId: string, actorName: string | null): Promise<void> {
    const inForce = await this.versions.inForce(corporationId);
    const change = {
      restricts: inForce?.restricts ?? false,
      at: await databaseNow(this.em),
      actorName,
    };
    for (const to of await this.#administrators(corporationId)) await this.mails.ended(to, change);
  }

  async #administrators(corporationId: string): Promise<Addressee[]> {
    return sql<Addressee>(
      this.em,
      `select a.id as "accountId", a.corporation_id as "corporationId", c.name as "corporationName",
              a.name, a.email, a.language
       from usable_administrators u join accounts a on a.id = u.id
       join corporations c on c.id = a.corporation_id
       where u.corporation_id = $1 order by a.created_at`,
      [corporationId],
    );
  }
}

function changeOf({ restricts, createdAt, authorName }: IpVersion) {
  return { restricts, at: createdAt, actorName: authorName };
}
