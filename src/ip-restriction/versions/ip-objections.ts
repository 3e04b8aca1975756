import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from '../../database/sql.js';
import { IpAnnouncements } from './ip-announcements.js';

/** What an objection against a newcomer does to the lists that they made. */
@Injectable()
export class IpObjections {
  constructor(
    private readonly em: EntityManager,
    private readonly announcements: IpAnnouncements,
  ) {}

  /**
   * Ends the running trials and the confirmed lists that an author made since then, in the caller's
   * transaction, which holds the company: the newest confirmed list of somebody else is in force
   * again, or none.
   * @returns how many lists ended
   */
  async endThoseOf(accountId: string, since: Date): Promise<number> {
    const ended = await sql<{ corporation_id: string }>(
      this.em,
      `update ip_versions set ended_at = genkan_now(), ended_because = 'objection'
       where author_id = $1 and created_at >= $2 and ended_at is null
         and (confirmed_at is not null or trial_ends_at > genkan_now()) returning corporation_id`,
      [accountId, since],
    );
    const [one] = ended;
    if (one) await this.announcements.ended(one.corporation_id, null);
    return ended.length;
  }
}
