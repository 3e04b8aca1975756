import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../audit/audit.js';
import { LastSeen } from '../../../auth/last-seen.js';
import type { SignedIn } from '../../../auth/sessions.js';
import { Config } from '../../../config.js';
import { sql } from '../../../database/sql.js';
import { inTransaction } from '../../../database/transaction.js';
import type { Visit } from '../../../web/visit.js';

export interface OwnSession {
  id: string;
  browser: string;
  address: string;
  signedInAt: Date;
  lastSeenAt: Date;
  /** The one of the request. */
  isThis: boolean;
}

/** Where somebody is signed in now. */
@Injectable()
export class OwnSessions {
  constructor(
    private readonly config: Config,
    private readonly em: EntityManager,
    private readonly lastSeen: LastSeen,
    private readonly audit: Audit,
  ) {}

  /** This one first, then those that were seen last. */
  async all({ accountId, sessionId }: SignedIn): Promise<OwnSession[]> {
    const rows = await sql<OwnSession & { now: Date }>(
      this.em,
      `select id, browser, host(address) as address, created_at as "signedInAt",
              last_seen_at as "lastSeenAt", id = $2 as "isThis", genkan_now() as now
       from sessions where account_id = $1 and ends_at > genkan_now() order by created_at desc`,
      [accountId, sessionId],
    );
    return rows
      .map((row) => ({ ...row, lastSeenAt: this.#seen(row) }))
      .filter(({ lastSeenAt, now }) => +now - +lastSeenAt < this.config.sessionIdle)
      .sort((a, b) => Number(b.isThis) - Number(a.isThis) || +b.lastSeenAt - +a.lastSeenAt);
  }

  /** @returns false when the person has no such session */
  async end(id: string, person: SignedIn, visit: Visit): Promise<boolean> {
    return inTransaction(this.em, async () => {
      const ended = await sql(
        this.em,
        'delete from sessions where id = $1 and account_id = $2 returning id',
        [id, person.accountId],
      );
      if (ended.length > 0) await this.#log(person, visit, ended.length);
      return ended.length > 0;
    });
  }

  async endOthers(person: SignedIn, visit: Visit): Promise<void> {
    await inTransaction(this.em, async () => {
      const { accountId, sessionId } = person;
      const ended = await sql(
        this.em,
        'delete from sessions where account_id = $1 and id <> $2 returning id',
        [accountId, sessionId],
      );
      await this.#log(person, visit, ended.length);
    });
  }

  /** What this process noted may not be written yet. */
  #seen({ id, lastSeenAt }: OwnSession): Date {
    const noted = this.lastSeen.of(id);
    return noted && noted > lastSeenAt ? noted : lastSeenAt;
  }

  async #log({ accountId, corporationId }: SignedIn, visit: Visit, count: number): Promise<void> {
    const entry = { act: 'session-end', reason: 'done', accountId, corporationId } as const;
    await this.audit.record({ ...entry, facts: { target: accountId, count }, visit });
  }
}
