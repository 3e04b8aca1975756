import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Audit } from '../../audit/audit.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { tables } from '../../database/tables.js';
import { HOUR_SECONDS } from '../../durations.js';
import { Limits } from '../../limits/limits.js';
import type { IpVersion } from '../lists/ip-version.entity.js';

/** Somebody who came in, or was refused, since a trial began: from how many addresses, and the last time. */
export interface TrialVisitor {
  name: string;
  address: string;
  addresses: number;
  at: Date;
  cameIn: boolean;
}

const MOST_SHOWN = 50;
/** Of one person's addresses in a trial, which lasts an hour at most. */
const MOST_NOTED = 20;

/** Tells who came in and who was refused since a trial began. */
@Injectable()
export class TrialVisitors {
  constructor(
    private readonly em: EntityManager,
    private readonly limits: Limits,
    private readonly audit: Audit,
  ) {}

  /**
   * A page was refused to somebody with a session: written down once for each trial and address, and
   * of somebody who comes from ever new ones not more often than so.
   */
  async noteRefused(person: SignedIn, { createdAt, id }: IpVersion): Promise<void> {
    const known = await tables(this.em)
      .selectFrom('audit_entries')
      .select('id')
      .where('account_id', '=', person.accountId)
      .where('at', '>=', createdAt)
      .where('act', '=', 'ip-refusal')
      .where('address', '=', person.visit.address)
      .limit(1)
      .execute();
    if (known.length > 0) return;
    const key = `ip-refusal:${id}:${person.accountId}`;
    const taken = await this.limits.take({ key, maximum: MOST_NOTED, seconds: HOUR_SECONDS });
    if (taken.ok) await this.audit.record('ip-refusal', 'address-refused', person, { version: id });
  }

  /**
   * Refused people first, then the newest; sessions count from the address that opened them. Nobody
   * stands there more than twice, once as refused and once as let in.
   */
  async since(list: IpVersion): Promise<TrialVisitor[]> {
    const seen = this.#inLog(list).unionAll(this.#bySession(list));
    const last = tables(this.em)
      .selectFrom(seen.as('v'))
      .innerJoin('accounts as p', 'p.id', 'v.account_id')
      .distinctOn(['v.account_id', 'v.address'])
      .select(['p.name', 'v.account_id', 'v.address', 'v.at', 'v.came_in'])
      .orderBy('v.account_id')
      .orderBy('v.address')
      .orderBy('v.at', 'desc');
    const ofPeople = tables(this.em)
      .selectFrom(last.as('a'))
      .distinctOn(['a.account_id', 'a.came_in'])
      .select(['a.name', 'a.at', 'a.came_in as cameIn'])
      .select(sql<string>`host(a.address)`.as('address'))
      .select(
        sql<number>`count(*) over (partition by a.account_id, a.came_in)::int`.as('addresses'),
      )
      .orderBy('a.account_id')
      .orderBy('a.came_in')
      .orderBy('a.at', 'desc');
    return tables(this.em)
      .selectFrom(ofPeople.as('l'))
      .select(['l.name', 'l.address', 'l.addresses', 'l.at', 'l.cameIn'])
      .orderBy('l.cameIn')
      .orderBy('l.at', 'desc')
      .limit(MOST_SHOWN)
      .execute();
  }

  #inLog({ corporation, createdAt }: IpVersion) {
    return tables(this.em)
      .selectFrom('audit_entries as e')
      .select(['e.account_id', 'e.address', 'e.at'])
      .select(sql<boolean>`e.reason = 'done'`.as('came_in'))
      .where('e.corporation_id', '=', corporation.id)
      .where('e.at', '>=', createdAt)
      .where('e.act', 'in', ['sign-in', 'ip-refusal'])
      .where('e.reason', 'in', ['done', 'address-refused']);
  }

  #bySession({ id, restricts, corporation, createdAt }: IpVersion) {
    const admitted = sql<boolean>`(not ${restricts}::boolean or ip_admitting(${id}, s.address) is not null)`;
    return tables(this.em)
      .selectFrom('sessions as s')
      .innerJoin('accounts as a', 'a.id', 's.account_id')
      .select(['s.account_id', 's.address', 's.last_seen_at as at', admitted.as('came_in')])
      .where('a.corporation_id', '=', corporation.id)
      .where('s.last_seen_at', '>', createdAt)
      .where(admitted);
  }
}
