import { sql, type RawBuilder } from 'kysely';
import { ACTS_OF_WITNESSES, DONE_BY_WITNESSES } from '../lines/nobody-signed-in.js';
import { namedEntries, type NamedEntry } from '../lines/named-entries.js';
import type { Act } from '../../audit/acts.js';
import { actsAbout } from '../../audit/words/act-words.js';
import type { LogCriteria, LogScope } from './log-criteria.js';
import type { LogPosition } from './log-position.js';

/** So many rows are looked through at once where no index knows what is looked for. */
const LOOKED_THROUGH = 1_000;

type Sql = RawBuilder<unknown>;

/** What the desk did, and what happened to the service; an index has just these rows. */
const OF_DESK = sql`(e.facts ->> 'operator' is not null or e.act in
  ('proof-alarm', 'master-data-import', 'invoice-import', 'log-retention', 'key-rotation'))`;

const BY_BILLING_CONTACT = sql`e.account_id is null and e.address is not null
  and e.act = any(${[...ACTS_OF_WITNESSES]}::text[])
  and e.reason = any(${[...DONE_BY_WITNESSES]}::text[])`;

/** A look changes nothing, and nobody hears of a word of the desk before there are two. */
const NOT_TOLD_TO_OWNERS: Act[] = ['account-view', 'factor-word-end'];

/**
 * Rows of one company's log in the order of time. One criterion chooses the index; where there are
 * more, so many rows of it are looked through at once, and the next page goes on behind them
 * (docs/decisions/080).
 */
export class LogQuery {
  readonly #entrance: Sql;
  readonly #others: Sql[];

  /** @param now rows after it are not there yet; a constant spares the search of later months */
  constructor(
    private readonly scope: LogScope,
    private readonly criteria: LogCriteria,
    private readonly now: Date,
  ) {
    const conditions = scope === 'desk' ? deskConditions(criteria) : conditionsOf(criteria);
    // Ranges of people have entrances of their own, and no index knows who has no account.
    if (peopleOf(scope, criteria) ?? criteria.outsider) conditions.unshift(sql`true`);
    const [entrance = sql`true`, ...others] = conditions;
    this.#entrance = entrance;
    this.#others = others;
  }

  rows(most: number, place?: LogPosition): RawBuilder<NamedEntry> {
    const order = orderOf(place);
    const found = this.isPicky
      ? sql`select * from (${this.#range(LOOKED_THROUGH, place)}) e
            where ${sql.join(this.#others, sql` and `)} ${order} limit ${most}`
      : this.#range(most, place);
    return namedEntries(found, order, { withCompany: this.scope === 'desk' });
  }

  /** The last row that was looked through, when there may be more behind it. */
  end(place?: LogPosition): RawBuilder<{ at: string; id: string }> | undefined {
    if (!this.isPicky) return undefined;
    return sql<{ at: string; id: string }>`
      select to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, e.id
      from (${this.#range(LOOKED_THROUGH, place)}) e ${orderOf(place)}
      offset ${LOOKED_THROUGH - 1} limit 1`;
  }

  /** Whether rows are looked through that no index knows to be looked for. */
  get isPicky(): boolean {
    return this.#others.length > 0;
  }

  /**
   * The beginnings of one range of an index, or of two for each of several people: what they did, and
   * what the desk did to them or happened to them by itself.
   */
  #range(most: number, place: LogPosition | undefined): Sql {
    const whose =
      this.scope === 'desk' ? OF_DESK : sql`e.corporation_id = ${this.scope.corporationId}`;
    const range = (entrance: Sql) => sql`
      select e.* from audit_entries e
      where ${whose} and ${entrance} and ${this.#span(place)}
      ${orderOf(place)} limit ${most}`;
    const people = peopleOf(this.scope, this.criteria);
    if (!people) return range(this.#entrance);
    const ofPerson = (person: Sql) => sql`
      (${range(sql`e.account_id = ${person}`)}) union all (${range(this.#doneTo(person))})`;
    if (people.length === 1)
      return sql`
        select e.* from (${ofPerson(sql`${people[0]!}::uuid`)}) e ${orderOf(place)} limit ${most}`;
    return sql`
      select e.* from unnest(${people}::uuid[]) person (id)
      cross join lateral (${ofPerson(sql`person.id`)}) e
      ${orderOf(place)} limit ${most}`;
  }

  /** Administrators read all of it; somebody's own lines have what the desk did to the account. */
  #doneTo(person: Sql): Sql {
    const isOwn = this.scope !== 'desk' && this.scope.accountId !== undefined;
    const told = isOwn
      ? sql`e.facts ->> 'operator' is not null and e.reason = 'done'
          and e.act <> all(${NOT_TOLD_TO_OWNERS}::text[])`
      : sql`(e.facts ->> 'operator' is not null or e.account_id is null and e.address is null)`;
    return sql`e.facts ->> 'target' = (${person})::text and ${told}`;
  }

  /** One bound on each side: beside a second one, the search begins at the wrong end of a month. */
  #span(place: LogPosition | undefined): Sql {
    const { since, until = this.now } = this.criteria;
    const end = until < this.now ? until : this.now;
    const isOlder = place?.direction === 'older' && Date.parse(place.at) < end.getTime();
    const isNewer =
      place?.direction === 'newer' && !(since && Date.parse(place.at) < since.getTime());
    const spans: Sql[] = [];
    if (!isOlder) spans.push(sql`e.at < ${end.toISOString()}::timestamptz`);
    if (since && !isNewer) spans.push(sql`e.at >= ${since.toISOString()}::timestamptz`);
    if (place) spans.push(beyond(place));
    return sql.join(spans, sql` and `);
  }
}

function peopleOf(scope: LogScope, { accountIds }: LogCriteria): string[] | undefined {
  return scope === 'desk' || scope.accountId === undefined ? accountIds : [scope.accountId];
}

/** The first has an index of its own, or takes all rows. */
function deskConditions({ operator, corporationId, topic, outcome }: LogCriteria): Sql[] {
  const conditions: Sql[] = [];
  if (operator) conditions.push(sql`e.facts ->> 'operator' = ${operator}`);
  if (corporationId)
    conditions.push(
      sql`e.corporation_id = ${corporationId}::uuid and e.facts ->> 'operator' is not null`,
    );
  if (conditions.length === 0) conditions.push(sql`true`);
  if (topic) conditions.push(sql`e.act = any(${actsAbout(topic)}::text[])`);
  if (outcome)
    conditions.push(outcome === 'done' ? sql`e.reason = 'done'` : sql`e.reason <> 'done'`);
  return conditions;
}

/**
 * The narrower first: the first leads to an index, the others are looked for in its rows. Values are
 * constants of the statement, so that what is known of their frequency chooses how it is read.
 */
function conditionsOf({ topic, address, byDesk, outsider }: LogCriteria): Sql[] {
  const conditions: Sql[] = [];
  if (byDesk) conditions.push(sql`e.facts ->> 'operator' is not null`);
  // From where the desk acts is its own.
  if (address)
    conditions.push(sql`e.address = ${address}::inet and e.facts ->> 'operator' is null`);
  if (topic) conditions.push(sql`e.act = any(${actsAbout(topic)}::text[])`);
  if (outsider === 'billing-contact') conditions.push(BY_BILLING_CONTACT);
  if (outsider === 'applicant')
    conditions.push(sql`e.address is not null and e.facts ->> 'operator' is null
      and not exists (select from accounts a where a.id = e.account_id)
      and not (${BY_BILLING_CONTACT})`);
  return conditions;
}

/** Rows of the very moment are told apart by their ids; the bound of the time leads to them. */
function beyond({ direction, at, id }: LogPosition): Sql {
  return direction === 'newer'
    ? sql`e.at >= ${at}::timestamptz and (e.at > ${at}::timestamptz or e.id > ${id}::bigint)`
    : sql`e.at <= ${at}::timestamptz and (e.at < ${at}::timestamptz or e.id < ${id}::bigint)`;
}

function orderOf(place: LogPosition | undefined): Sql {
  return place?.direction === 'newer'
    ? sql`order by e.at, e.id`
    : sql`order by e.at desc, e.id desc`;
}
