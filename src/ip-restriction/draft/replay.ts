import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sqlOne } from '../../database/sql.js';
import type { Role } from '../../identity/role.js';
import type { Entry } from '../networks/fold-entries.js';

/** Somebody who signed in from an address that a list would refuse. */
export interface RefusedSignIns {
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
  /** The number of pairs of person and address that would be refused. */
  refusedCount: number;
  /** Usable administrators who signed in from an address that the list admits. */
  administrators: number;
  /** The families of the addresses used. */
  families: (4 | 6)[];
}

const DAYS = 90;
const SHOWN = 100;

/**
 * Joins once for each network length in the list, so that 100,000 sign-ins against 500 entries do
 * not need 50,000,000 comparisons.
 */
const REPLAY = `
  with list as (select distinct network from unnest($2::cidr[]) as l (network)),
  lengths as (select distinct family(network) as family, masklen(network) as bits from list),
  sign_ins as materialized (
    select account_id, address, max(at) as last_at, count(*)::int as times from audit_entries
    where corporation_id = $1 and act = 'sign-in' and reason = 'done'
      and at > genkan_now() - make_interval(days => $3)
    group by account_id, address),
  admitted as materialized (
    select distinct a.address from (select distinct address from sign_ins) a
    join lengths l on l.family = family(a.address)
    join list on list.network = network(set_masklen(a.address, l.bits))),
  judged as materialized (
    select s.*, p.name, p.role, u.id is not null as is_usable, a.address is not null as is_admitted
    from sign_ins s
    join accounts p on p.id = s.account_id and p.corporation_id = $1 and p.state = 'active'
    left join usable_administrators u on u.id = p.id
    left join admitted a on a.address = s.address)
  select coalesce(sum(times), 0)::int as "signIns",
         count(distinct account_id)::int as people,
         (count(distinct account_id) filter (where not is_admitted))::int as "refusedPeople",
         (count(*) filter (where not is_admitted))::int as "refusedCount",
         (count(distinct account_id) filter (where is_usable and is_admitted))::int as administrators,
         coalesce(array_agg(distinct family(address)), '{}') as families,
         (select coalesce(jsonb_agg(jsonb_build_object('name', name, 'role', role,
                   'address', host(address), 'lastAt', last_at, 'times', times)), '[]')
          from (select * from judged where not is_admitted
                order by role = 'administrator' desc, last_at desc limit $4) r) as refused
  from judged`;

/** Replays past sign-ins against a list that is not in force. */
@Injectable()
export class IpReplay {
  constructor(private readonly em: EntityManager) {}

  /** @param entries of any list; ended ones admit nobody */
  async of(corporationId: string, entries: readonly Entry[], now: Date): Promise<Replay> {
    const networks = entries
      .filter(({ endsAt }) => endsAt === null || endsAt > now)
      .map(({ network }) => network);
    const row = await sqlOne<Replay>(this.em, REPLAY, [corporationId, networks, DAYS, SHOWN]);
    const refused = row!.refused.map((one) => ({ ...one, lastAt: new Date(one.lastAt) }));
    return { ...row!, refused };
  }
}
