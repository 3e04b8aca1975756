import type { Kysely } from '@mikro-orm/postgresql';
import type { NamedEntry } from '../lines/named-entries.js';
import type { Tables } from '../../database/tables.js';
import { DAY_MS } from '../../durations.js';
import type { LogCriteria, LogScope } from './log-criteria.js';
import type { LogPosition } from './log-position.js';
import { LogQuery } from './log-query.js';

/** A log as it is asked for at a moment. */
export interface AskedLog {
  scope: LogScope;
  criteria: LogCriteria;
  /** Rows after it are not there yet. */
  now: Date;
}

export type RowPlace = Pick<LogPosition, 'at' | 'id'>;

export interface FoundRows {
  entries: NamedEntry[];
  /** Where the search for the next ones begins; undefined when there are none. */
  next: RowPlace | undefined;
  /** Not all rows up to the next page were looked through. */
  isSearching: boolean;
}

/** What is looked for first: to plan a statement takes as long as it has months to look at. */
const NEAR_MS = 62 * DAY_MS;

export async function findRows(
  db: Kysely<Tables>,
  asked: AskedLog,
  most: number,
  place?: LogPosition,
): Promise<FoundRows> {
  const whole = queryOf(asked);
  if (!whole.isPicky) {
    const near = await queryOf(nearOf(asked, place))
      .rows(most + 1, place)
      .execute(db);
    if (near.rows.length > most) return cut(near.rows, most);
  }
  const { rows } = await whole.rows(most + 1, place).execute(db);
  if (rows.length > most) return cut(rows, most);
  const end = await whole.end(place)?.execute(db);
  const next = end?.rows[0];
  return { entries: rows, next, isSearching: next !== undefined };
}

function queryOf({ scope, criteria, now }: AskedLog): LogQuery {
  return new LogQuery(scope, criteria, now);
}

function nearOf({ scope, criteria, now }: AskedLog, place?: LogPosition): AskedLog {
  const { since, until = now } = criteria;
  const from = Math.min(place ? Date.parse(place.at) : Infinity, until.getTime());
  if (place?.direction === 'newer') {
    const end = new Date(Math.min(from + NEAR_MS, until.getTime()));
    return { scope, criteria: { ...criteria, until: end }, now };
  }
  const start = new Date(Math.max(from - NEAR_MS, since?.getTime() ?? 0));
  return { scope, criteria: { ...criteria, since: start }, now };
}

function cut(rows: NamedEntry[], most: number): FoundRows {
  const entries = rows.slice(0, most);
  return { entries, next: entries.at(-1), isSearching: false };
}
