import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Audit } from '../../audit/audit.js';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import { tables } from '../../database/tables.js';
import type { IpVersion } from '../lists/ip-version.entity.js';

/** Somebody at one address since a trial began, and how the last time went. */
export interface TrialVisitor {
  name: string;
  address: string;
  at: Date;
  cameIn: boolean;
}

const MOST_SHOWN = 50;

/** Tells who came in and who was refused since a trial began. */
@Injectable()
export class TrialVisitors {
  constructor(
    private readonly em: EntityManager,
    private readonly audit: Audit,
  ) {}

  /** A page was refused to somebody with a session: written down once for each trial and address. */
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
    if (known.length === 0)
      await this.audit.record('ip-refusal', 'address-refused', person, { version: id });
  }

  /** Refused people first, then the newest; sessions count from the address that opened them. */
  async since(list: IpVersion): Promise<TrialVisitor[]> {
    const seen = this.#inLog(list).unionAll(this.#bySession(list));
    const last = tables(this.em)
      .selectFrom(seen.as('v'))
      .innerJoin('accounts as p', 'p.id', 'v.account_id')
      .distinctOn(['v.account_id', 'v.address'])
      .select(['p.name', 'v.at', 'v.came_in as cameIn'])
      .select(sql<string>`host(v.address)`.as('address'))
      .orderBy('v.account_id')
      .orderBy('v.address')
      .orderBy('v.at', 'desc');
    return tables(this.em)
      .selectFrom(last.as('l'))
      .select(['l.name', 'l.address', 'l.at', 'l.cameIn'])
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
