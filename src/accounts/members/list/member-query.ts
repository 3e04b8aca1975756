import { MEMBER } from '../member.js';
import type { Criteria } from './criteria.js';
import type { ListPosition } from './list-position.js';

/** A statement with its bound values. */
export interface Statement {
  text: string;
  values: unknown[];
}

/** Greater than whatever follows the same beginning. */
const LAST = '\u{10FFFF}';
const LONGEST_KEY = 40;

/** In whose order people are found. */
interface Source {
  table: string;
  key: string;
  id: string;
  range: string;
  /** Leaves out whom another key has shown before. */
  once: string;
  /** The place's key, or the end of the range where it lies outside: nothing is read in between. */
  inside(place: string, isBefore: boolean): string;
}

/** Everybody by their kana. */
const LISTED: Source = {
  table: 'accounts',
  key: 't.name_kana collate "C"',
  id: 't.id',
  range: 'true',
  once: '',
  inside: (place) => place,
};

/**
 * The people of one company in the order of an index: all of them by their kana, those found by the
 * key that they were found by. The index has each state and role apart, so whatever the list is
 * narrowed by, it is put together from the beginnings of a few ranges (docs/decisions/015).
 */
export class MemberQuery {
  readonly #values: unknown[];
  readonly #source: Source;
  readonly #groups: string[];

  constructor(corporationId: string, { q, role, state }: Criteria) {
    this.#values = q === '' ? [corporationId] : [corporationId, q];
    this.#source = q === '' ? LISTED : foundBy('$2');
    const roles = role ? [role] : ['administrator', 'staff'];
    this.#groups = statesOf(state).flatMap((condition) =>
      roles.map((each) => `${condition} and t.role = '${each}'`),
    );
  }

  /** So many of them behind or before a place; those before it come backwards. */
  rows(most: number, place?: ListPosition): Statement {
    const { key, id, once, inside } = this.#source;
    const isBefore = place?.direction === 'before';
    const order = isBefore ? 'desc' : 'asc';
    const values = [...this.#values, ...(place ? [place.key, place.id] : [])];
    const [keyAt, idAt] = [values.length - 1, values.length];
    const from = inside(`$${keyAt}`, isBefore);
    const beyond = `and (${key}, ${id}) ${isBefore ? '<' : '>'} (${from}, $${idAt}::uuid)`;
    const text = `
      select ${MEMBER}, p.key, m.state as "mailState",
             m.created_at < genkan_now() - interval '1 hour' as "mailIsOld"
      from (select * from (${this.#ranges(`${once} ${place ? beyond : ''}`, order, most)}) r
            order by r.key ${order}, r.id ${order} limit ${most}) p
      join accounts a on a.id = p.id
      left join lateral (select d.state, d.created_at from mail_deliveries d where d.account_id = p.id
                         order by d.created_at desc limit 1) m on true
      order by p.key ${order}, p.id ${order}`;
    return { text, values };
  }

  /** How many there are, and whether there may be more: it looks at so many rows and one more. */
  count(most: number): Statement {
    const text = `
      select count(distinct c.id)::int as total, count(*) > ${most} as "isMore"
      from (select r.id from (${this.#ranges('', 'asc', most + 1)}) r limit ${most + 1}) c`;
    return { text, values: this.#values };
  }

  #ranges(more: string, order: string, most: number): string {
    const { table, key, id, range } = this.#source;
    const ranges = this.#groups.map(
      (group) => `
        (select ${id} as id, ${key} as key from ${table} t
         where t.corporation_id = $1 and ${group} and ${range} ${more}
         order by ${key} ${order}, ${id} ${order} limit ${most})`,
    );
    return ranges.join(' union all ');
  }
}

function statesOf(state: Criteria['state']): string[] {
  if (state === '')
    return ['registered', 'active', 'suspended'].map((each) => `t.state = '${each}'`);
  if (state === 'held') return [`t.state = 'active' and t.held_until > genkan_now()`];
  if (state !== 'active') return [`t.state = '${state}'`];
  return [`t.state = 'active' and (t.held_until is null or t.held_until <= genkan_now())`];
}

/** @param q the parameter that holds what was typed */
function foundBy(q: string): Source {
  const beginning = `left(search_fold(${q}), ${LONGEST_KEY})`;
  const found = (keys: string) =>
    `${keys}.key >= ${beginning} and ${keys}.key < ${beginning} || '${LAST}'`;
  return {
    table: 'account_search_keys',
    key: 't.key',
    id: 't.account_id',
    range: found('t'),
    once: `and t.key = (select min(e.key) from account_search_keys e
                        where e.account_id = t.account_id and ${found('e')})`,
    inside: (place, isBefore) => {
      const typed = `${place}::text collate "C"`;
      return isBefore
        ? `least(${typed}, ${beginning} || '${LAST}')`
        : `greatest(${typed}, ${beginning})`;
    },
  };
}
