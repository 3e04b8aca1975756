import type { Kysely } from '@mikro-orm/postgresql';
import { sql, type AliasedExpression, type RawBuilder, type SqlBool } from 'kysely';
import { sqlBefore } from '../../../database/clock.js';
import type { Tables } from '../../../database/tables.js';
import { foldable, type Criteria } from '../criteria.js';
import { MAIL_TROUBLE } from './mail-chip.js';
import type { ListPosition } from './list-position.js';
import { isShownKey } from './shown-keys.js';
import { statesOf } from './stored-states.js';

/** A row of an index: a person, or one of the keys that a person is found by. */
interface Entry {
  id: string;
  key: string;
  corporation_id: string;
  role: 'administrator' | 'staff';
  state: string;
  held_until: Date | null;
  department: string;
  second_factor_since: Date | null;
}

/** Greater than whatever follows the same beginning. */
const LAST = '\u{10FFFF}';
const LONGEST_KEY = 40;

/**
 * The people of one company in the order of an index: all of them by their kana, those found by the
 * key that they were found by. The index has each state and role apart, so whatever the list is
 * narrowed by, it is put together from the beginnings of a few ranges (docs/decisions/015).
 */
export class MemberQuery {
  constructor(
    private readonly db: Kysely<Tables>,
    private readonly corporationId: string,
    private readonly criteria: Criteria,
    /** The reader sees no mail addresses: nobody is found by one either. */
    private readonly isMasked = false,
  ) {}

  /** So many of them behind or before a place, with the last mail to each; before it, backwards. */
  rows(most: number, place?: ListPosition) {
    const order = place?.direction === 'before' ? 'desc' : 'asc';
    return this.db
      .selectFrom(this.places(order, most, place).as('p'))
      .leftJoinLateral(
        (eb) =>
          eb
            .selectFrom('mail_deliveries as d')
            .select(['d.state', 'd.created_at'])
            .whereRef('d.account_id', '=', 'p.id')
            .orderBy('d.created_at', 'desc')
            .limit(1)
            .as('m'),
        (join) => join.onTrue(),
      )
      .select((eb) => [
        'p.id',
        'p.key',
        'm.state as mailState',
        eb('m.created_at', '<', sqlBefore({ hours: 1 })).as('mailIsOld'),
        MAIL_TROUBLE,
      ])
      .orderBy('p.key', order)
      .orderBy('p.id', order);
  }

  /** How many there are, and whether there may be more: it looks at so many rows and one more. */
  count(most: number) {
    const counted = this.db
      .selectFrom(this.#ranges(this.#source(false), 'asc', most + 1).as('r'))
      .select('r.id')
      .limit(most + 1);
    return this.db
      .selectFrom(counted.as('c'))
      .select((eb) => [
        sql<number>`count(distinct c.id)::int`.as('total'),
        eb(eb.fn.countAll(), '>', most).as('isMore'),
      ]);
  }

  /** So many of them behind or before a place. */
  places(order: 'asc' | 'desc', most: number, place?: ListPosition) {
    return this.db
      .selectFrom(this.#ranges(this.#source(true), order, most, place).as('r'))
      .select(['r.id', 'r.key'])
      .orderBy('r.key', order)
      .orderBy('r.id', order)
      .limit(most);
  }

  /** The rows in whose order people are found. @param once each is found at the first key only */
  #source(once: boolean): AliasedExpression<Entry, 't'> {
    return this.criteria.q === '' ? this.#everybody() : this.#found(once);
  }

  #everybody() {
    const key = sql<string>`name_kana collate "C"`.as('key');
    return this.db
      .selectFrom('accounts')
      .select(['id', key, 'corporation_id', 'role', 'state', 'held_until', 'department'])
      .select('second_factor_since')
      .as('t');
  }

  #found(once: boolean) {
    const beginning = this.#beginning();
    const inRange = (key: 'k.key' | 'e.key') =>
      sql<SqlBool>`${sql.ref(key)} >= ${beginning} and ${sql.ref(key)} < ${beginning} || ${LAST}`;
    return this.db
      .selectFrom('account_search_keys as k')
      .select([
        'k.account_id as id',
        'k.key',
        'k.corporation_id',
        'k.role',
        'k.state',
        'k.held_until',
      ])
      .select(this.#ofAccount<string>('department').as('department'))
      .select(this.#ofAccount<Date>('second_factor_since').as('second_factor_since'))
      .where(inRange('k.key'))
      .$if(this.isMasked, (query) => query.where(isShownKey('k')))
      .$if(once, (query) =>
        query.where('k.key', '=', (eb) =>
          eb
            .selectFrom('account_search_keys as e')
            .select((e) => e.fn.min('e.key').as('first'))
            .whereRef('e.account_id', '=', 'k.account_id')
            .where(inRange('e.key'))
            .$if(this.isMasked, (e) => e.where(isShownKey('e'))),
        ),
      )
      .as('t');
  }

  /** Looked up only where it matters: the keys do not carry it. */
  #ofAccount<T>(column: 'department' | 'second_factor_since') {
    const { department, factor } = this.criteria;
    if ((column === 'department' ? department : factor) === '') return sql<T>`null`;
    return sql<T>`(select a.${sql.ref(column)} from accounts a where a.id = k.account_id)`;
  }

  /** One statement of the beginnings of all ranges, each in the order of the index. */
  #ranges(
    source: AliasedExpression<Entry, 't'>,
    order: 'asc' | 'desc',
    most: number,
    place?: ListPosition,
  ) {
    const { department, factor } = this.criteria;
    const [first, ...others] = this.#groups().map(([state, role]) => {
      const range = this.db
        .selectFrom(source)
        .select(['t.id', 't.key'])
        .where('t.corporation_id', '=', this.corporationId)
        .where('t.role', '=', role)
        .where(state)
        .$if(department !== '', (query) => query.where('t.department', '=', department))
        .$if(factor !== '', (query) =>
          query.where('t.second_factor_since', factor === 'missing' ? 'is' : 'is not', null),
        )
        .$if(place !== undefined, (query) => query.where(this.#beyond(place!)))
        .orderBy('t.key', order)
        .orderBy('t.id', order)
        .limit(most);
      return this.db.selectFrom(range.as('t')).select(['t.id', 't.key']);
    });
    return others.reduce((all, range) => all.unionAll(range), first!);
  }

  #groups() {
    const roles = this.criteria.role ? [this.criteria.role] : (['administrator', 'staff'] as const);
    return statesOf(this.criteria.state).flatMap((state) =>
      roles.map((role) => [state, role] as const),
    );
  }

  /** A place outside of what was typed begins at the end of its range: nothing is read in between. */
  #beyond({ direction, key, id }: ListPosition): RawBuilder<SqlBool> {
    const typed = sql`${key}::text collate "C"`;
    const isBefore = direction === 'before';
    const end = this.#beginning();
    const from =
      this.criteria.q === ''
        ? typed
        : isBefore
          ? sql`least(${typed}, ${end} || ${LAST})`
          : sql`greatest(${typed}, ${end})`;
    return sql`(t.key, t.id) ${sql.raw(isBefore ? '<' : '>')} (${from}, ${id}::uuid)`;
  }

  #beginning(): RawBuilder<string> {
    return sql`left(search_fold(${foldable(this.criteria.q)}), ${sql.lit(LONGEST_KEY)})`;
  }
}
