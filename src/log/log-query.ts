import { sql, type RawBuilder } from 'kysely';
import { NAMED_COLUMNS, NAMES, type NamedEntry } from '../audit/named-entries.js';
import { actsAbout } from '../audit/words/act-words.js';
import type { LogCriteria, LogScope } from './log-criteria.js';
import type { LogPosition } from './log-position.js';

/** So many rows are looked through at once where no index knows what is looked for. */
const LOOKED_THROUGH = 3_000;

type Sql = RawBuilder<unknown>;

/** One way into the log: an index that has its rows in order, one range of it for each key. */
interface Entrance {
  condition: Sql;
  keys?: Sql;
  count: number;
}

/** Half decisions of the desk: a company hears of it when it is decided. */
const DECIDED = sql`not (e.reason <> 'done' and e.act in
  ('case-decision', 'appointment', 'appointment-confirmation', 'review-decision'))`;

/**
 * Rows of one company's log in the order of time. One criterion chooses the index; where there are
 * more, so many rows of it are looked through at once, and the next page goes on behind them
 * (docs/decisions/080).
 */
export class LogQuery {
  readonly #entrance: Entrance;
  readonly #conditions: Sql[];

  /** @param now rows after it are not there yet; a constant spares the search of later months */
  constructor(
    private readonly scope: LogScope,
    private readonly criteria: LogCriteria,
    private readonly now: Date,
  ) {
    const [entrance, ...others] = entrancesOf(scope, criteria);
    this.#entrance = entrance!;
    this.#conditions = others.map(({ condition, keys }) =>
      keys ? sql`exists (select from ${keys} where ${condition})` : condition,
    );
  }

  rows(most: number, place?: LogPosition): RawBuilder<NamedEntry> {
    const order = orderOf(place);
    const found = this.isPicky
      ? sql`select * from (${this.#looked(place)}) e
            where ${sql.join(this.#conditions, sql` and `)} ${order} limit ${most}`
      : sql`select * from (${this.#ranges(most, place)}) e ${order} limit ${most}`;
    return sql<NamedEntry>`
      select ${sql.raw(NAMED_COLUMNS)} from (${found}) e ${sql.raw(NAMES)} ${order}`;
  }

  /** The last row that was looked through, when there may be more behind it. */
  end(place?: LogPosition): RawBuilder<{ at: string; id: string }> | undefined {
    if (!this.isPicky) return undefined;
    return sql<{ at: string; id: string }>`
      select to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, e.id
      from (${this.#looked(place)}) e ${orderOf(place)} offset ${this.#lookedThrough - 1} limit 1`;
  }

  /** Whether rows are looked through that no index knows to be looked for. */
  get isPicky(): boolean {
    return this.#conditions.length > 0;
  }

  get #lookedThrough(): number {
    return Math.ceil(LOOKED_THROUGH / this.#entrance.count);
  }

  #looked(place: LogPosition | undefined): Sql {
    const most = this.#lookedThrough;
    return sql`select * from (${this.#ranges(most, place)}) e ${orderOf(place)} limit ${most}`;
  }

  /** The beginnings of all ranges. */
  #ranges(most: number, place: LogPosition | undefined): Sql {
    const { condition, keys } = this.#entrance;
    const { corporationId, isForDesk } = this.scope;
    const range = sql`
      select e.* from audit_entries e
      where e.corporation_id = ${corporationId} and ${condition} and ${this.#span(place)}
        and ${isForDesk ? sql`true` : DECIDED}
      ${orderOf(place)} limit ${most}`;
    return keys ? sql`select e.* from ${keys} cross join lateral (${range}) e` : range;
  }

  #span(place: LogPosition | undefined): Sql {
    const { since, until = this.now } = this.criteria;
    const end = until < this.now ? until : this.now;
    const spans = [sql`e.at < ${end.toISOString()}::timestamptz`];
    if (since) spans.push(sql`e.at >= ${since.toISOString()}::timestamptz`);
    if (place) spans.push(beyond(place));
    return sql.join(spans, sql` and `);
  }
}

/** The narrower first: the first is the way in, the others are conditions. */
function entrancesOf({ accountId }: LogScope, criteria: LogCriteria): Entrance[] {
  const { topic, address, byDesk } = criteria;
  const accountIds = accountId ? [accountId] : criteria.accountIds;
  const entrances: Entrance[] = [];
  if (accountIds)
    entrances.push({
      condition: sql`e.account_id = person.id`,
      keys: sql`unnest(${accountIds}::uuid[]) person (id)`,
      count: Math.max(accountIds.length, 1),
    });
  if (byDesk) entrances.push({ condition: sql`e.facts ->> 'operator' is not null`, count: 1 });
  if (address) entrances.push({ condition: sql`e.address = ${address}::inet`, count: 1 });
  const acts = topic ? actsAbout(topic) : [];
  if (topic)
    entrances.push({
      condition: sql`e.act = about.act`,
      keys: sql`unnest(${acts}::text[]) about (act)`,
      count: acts.length,
    });
  return entrances.length > 0 ? entrances : [{ condition: sql`true`, count: 1 }];
}

/** The bound of the time alone lets the database leave out months. */
function beyond({ direction, at, id }: LogPosition): Sql {
  return direction === 'newer'
    ? sql`e.at >= ${at}::timestamptz and (e.at, e.id) > (${at}::timestamptz, ${id}::bigint)`
    : sql`e.at <= ${at}::timestamptz and (e.at, e.id) < (${at}::timestamptz, ${id}::bigint)`;
}

function orderOf(place: LogPosition | undefined): Sql {
  return place?.direction === 'newer'
    ? sql`order by e.at, e.id`
    : sql`order by e.at desc, e.id desc`;
}
