import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sqlNow } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import { IpLists } from '../lists/ip-lists.js';

/** Ends the lists of a newcomer whom an objection stopped. */
@Injectable()
export class IpObjections {
  constructor(
    private readonly em: EntityManager,
    private readonly lists: IpLists,
  ) {}

  /**
   * Ends the running trials and the confirmed lists that an author made since a moment, in the
   * caller's transaction, which holds the company.
   * @returns the number of lists that ended
   */
  async endThoseOf(accountId: string, since: Date): Promise<number> {
    const ended = await tables(this.em)
      .updateTable('ip_versions')
      .set({ ended_at: sqlNow, ended_because: 'objection' })
      .where('author_id', '=', accountId)
      .where('created_at', '>=', since)
      .where('ended_at', 'is', null)
      .where((eb) => eb.or([eb('confirmed_at', 'is not', null), eb('trial_ends_at', '>', sqlNow)]))
      .returning('corporation_id')
      .execute();
    if (ended[0]) await this.lists.tellEnded(ended[0].corporation_id, null);
    return ended.length;
  }
}
