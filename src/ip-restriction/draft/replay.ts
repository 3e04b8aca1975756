import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { jsonArrayFrom } from 'kysely/helpers/postgres';
import { sqlBefore } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import type { Role } from '../../identity/role.js';
import type { Entry } from '../networks/fold-entries.js';

/** Somebody who signed in from an address that a list would refuse. */
interface RefusedSignIns {
  name: string;
  role: Role;
  address: string;
  lastAt: Date;
  times: number;
}

/** The sign-ins of the last 90 days, judged by another list. */
export interface Replay {
  signIns: number;
  people: number;
  refusedPeople: number;
  /** By person and address, administrators first; at most 100. */
  refused: RefusedSignIns[];
  refusedCount: number;
  /** Usable administrators who signed in from an address that the list admits. */
  administrators: number;
  families: (4 | 6)[];
}

const REPLAYED = { days: 90 };
const MOST_REFUSED = 100;

@Injectable()
export class IpReplay {
  constructor(private readonly em: EntityManager) {}

  async of(corporationId: string, entries: readonly Entry[]): Promise<Replay> {
    const networks = entries.map(({ network }) => network);
    const row = await this.statement(corporationId, networks).executeTakeFirstOrThrow();
    const refused = row.refused.map((one) => ({ ...one, lastAt: new Date(one.lastAt) }));
    return { ...row, refused };
  }

  /**
   * Joins once for each network length in the list, so that 100,000 sign-ins against 500 entries do
   * not need 50,000,000 comparisons.
   */
  statement(corporationId: string, networks: readonly string[]) {
    const given = sql<{ network: string }>`unnest(${networks}::cidr[])`;
    return (
      tables(this.em)
        .with('list', (db) =>
          db
            .selectFrom(given.as<'l'>(sql`l (network)`))
            .select('l.network')
            .distinct(),
        )
        .with('lengths', (db) =>
          db
            .selectFrom('list')
            .select([sql<number>`family(network)`.as('family'), sql`masklen(network)`.as('bits')])
            .distinct(),
        )
        // The literals are those of the partial index audit_entries_sign_ins.
        .with(
          (cte) => cte('sign_ins').materialized(),
          (db) =>
            db
              .selectFrom('audit_entries')
              .select((eb) => ['account_id', 'address', eb.fn.max('at').as('last_at')])
              .select(sql<number>`count(*)::int`.as('times'))
              .where('corporation_id', '=', corporationId)
              .where('act', '=', sql.lit('sign-in'))
              .where('reason', '=', sql.lit('done'))
              .where('at', '>', sqlBefore(REPLAYED))
              .groupBy(['account_id', 'address']),
        )
        .with(
          (cte) => cte('admitted').materialized(),
          (db) =>
            db
              .selectFrom((eb) => eb.selectFrom('sign_ins').select('address').distinct().as('a'))
              .innerJoin('lengths as l', (join) =>
                join.on('l.family', '=', sql<number>`family(a.address)`),
              )
              .innerJoin('list', (join) =>
                join.on('list.network', '=', sql<string>`network(set_masklen(a.address, l.bits))`),
              )
              .select('a.address')
              .distinct(),
        )
        .with(
          (cte) => cte('judged').materialized(),
          (db) =>
            db
              .selectFrom('sign_ins as s')
              .innerJoin('accounts as p', 'p.id', 's.account_id')
              .leftJoin('usable_administrators as u', 'u.id', 'p.id')
              .leftJoin('admitted as a', 'a.address', 's.address')
              .select(['s.account_id', 's.address', 's.last_at', 's.times', 'p.name', 'p.role'])
              .select((eb) => [
                eb('u.id', 'is not', null).as('is_usable'),
                eb('a.address', 'is not', null).as('is_admitted'),
              ])
              .where('p.corporation_id', '=', corporationId)
              .where('p.state', '=', 'active'),
        )
        .selectFrom('judged')
        .select((eb) => [
          sql<number>`coalesce(sum(times), 0)::int`.as('signIns'),
          sql<number>`count(distinct account_id)::int`.as('people'),
          sql<number>`(count(distinct account_id) filter (where not is_admitted))::int`.as(
            'refusedPeople',
          ),
          sql<number>`(count(*) filter (where not is_admitted))::int`.as('refusedCount'),
          sql<number>`(count(distinct account_id) filter (where is_usable and is_admitted))::int`.as(
            'administrators',
          ),
          sql<(4 | 6)[]>`coalesce(array_agg(distinct family(address)), '{}')`.as('families'),
          jsonArrayFrom(
            eb
              .selectFrom('judged as r')
              .select(['r.name', 'r.role', 'r.last_at as lastAt', 'r.times'])
              .select(sql<string>`host(r.address)`.as('address'))
              .where('r.is_admitted', '=', false)
              .orderBy(sql`r.role = 'administrator'`, 'desc')
              .orderBy('r.last_at', 'desc')
              .limit(MOST_REFUSED),
          ).as('refused'),
        ])
    );
  }
}
