import { MEMBER } from '../member.js';
import type { Criteria } from './criteria.js';
import type { Place } from './place.js';

/** A statement with its bound values. */
export interface Statement {
  text: string;
  values: unknown[];
}

/** Greater than whatever follows the same beginning. */
const LAST = '\u{10FFFF}';

const STATES = {
  '': `a.state <> 'deleted'`,
  active: `a.state = 'active' and (a.held_until is null or a.held_until <= genkan_now())`,
  held: `a.state = 'active' and a.held_until > genkan_now()`,
  suspended: `a.state = 'suspended'`,
  registered: `a.state = 'registered'`,
  deleted: `a.state = 'deleted'`,
};

/**
 * The people of one company in the order of an index: all of them by their kana, those found by the
 * key that they were found by. Somebody found by several keys is there once, at the first of them.
 */
export class MemberQuery {
  readonly #values: unknown[];
  readonly #source: string;
  readonly #key: string;
  readonly #id: string;

  constructor(corporationId: string, criteria: Criteria) {
    const { q, role, state } = criteria;
    this.#values = [corporationId];
    const conditions = [STATES[state]];
    if (role) conditions.push(`a.role = ${this.#bind(role)}`);
    if (q === '') {
      [this.#key, this.#id] = ['a.name_kana collate "C"', 'a.id'];
      this.#source = `accounts a where a.corporation_id = $1 and ${conditions.join(' and ')}`;
      return;
    }
    [this.#key, this.#id] = ['k.key', 'k.account_id'];
    const fold = `search_fold(${this.#bind(q)})`;
    const found = (keys: string) =>
      `${keys}.key >= substr(${fold}, 1, 40) and ${keys}.key < substr(${fold}, 1, 40) || ${this.#last}`;
    // The keys' own copies of role and state are in the index: no row is fetched in vain.
    if (role) conditions.push(`k.role = ${this.#bind(role)}`);
    if (state) conditions.push(`k.state = ${this.#bind(state === 'held' ? 'active' : state)}`);
    this.#source = `account_search_keys k join accounts a on a.id = k.account_id
      where k.corporation_id = $1 and (k.state = 'deleted') = ${state === 'deleted'} and ${found('k')}
        and not exists (select from account_search_keys e
                        where e.account_id = k.account_id and ${found('e')} and e.key < k.key)
        and ${conditions.join(' and ')}`;
  }

  /** So many of them behind or before a place; those before it come backwards. */
  rows(most: number, place?: Place): Statement {
    const isBefore = place?.direction === 'before';
    const values = [...this.#values];
    if (place) values.push(place.key, place.id);
    const beyond = place
      ? `and (${this.#key}, ${this.#id}) ${isBefore ? '<' : '>'} ($${values.length - 1}, $${values.length}::uuid)`
      : '';
    const order = isBefore ? 'desc' : 'asc';
    const text = `
      select p.*, m.state as "mailState", m.created_at < genkan_now() - interval '1 hour' as "mailIsOld"
      from (select ${MEMBER}, ${this.#key} as key from ${this.#source} ${beyond}
            order by ${this.#key} ${order}, ${this.#id} ${order} limit ${most}) p
      left join lateral (select d.state, d.created_at from mail_deliveries d where d.account_id = p.id
                         order by d.created_at desc limit 1) m on true
      order by p.key collate "C" ${order}, p.id ${order}`;
    return { text, values };
  }

  /** How many there are, counted up to so many. */
  count(most: number): Statement {
    const text = `select count(*)::int as count from (select from ${this.#source} limit ${most}) c`;
    return { text, values: this.#values };
  }

  get #last(): string {
    return `'${LAST}'`;
  }

  #bind(value: unknown): string {
    this.#values.push(value);
    return `$${this.#values.length}`;
  }
}
