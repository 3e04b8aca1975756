import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sqlNow } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import { isSame, splitCookie } from '../secrets.js';

/** Of a browser that still has the cookie of its session. */
export interface SessionEnd {
  sessionId: string;
  accountId: string;
  /** Nothing was done for so long, it reached its longest time, or somebody ended it. */
  cause: 'idle' | 'over' | 'ended' | 'ended-with-account';
}

/** Sessions that would last, if somebody had not ended them. */
@Injectable()
export class EndedSessions {
  constructor(private readonly em: EntityManager) {}

  /** @param sent the session's cookie, as the browser sent it */
  async find(sent: string | undefined): Promise<SessionEnd | undefined> {
    const cookie = splitCookie(sent);
    const row = cookie && (await this.#row(cookie.id));
    if (!row || !isSame(cookie.secret, row.secret_hash)) return undefined;
    const isOpen = row.account === 'active' && row.corporation === 'active';
    const cause = isOpen ? 'ended' : 'ended-with-account';
    return { sessionId: cookie.id, accountId: row.account_id, cause };
  }

  #row(id: string) {
    return tables(this.em)
      .selectFrom('ended_sessions as s')
      .innerJoin('accounts as a', 'a.id', 's.account_id')
      .innerJoin('corporations as c', 'c.id', 'a.corporation_id')
      .select(['s.account_id', 's.secret_hash', 'a.state as account', 'c.state as corporation'])
      .where('s.id', '=', id)
      .where('s.ends_at', '>', sqlNow)
      .executeTakeFirst();
  }
}
