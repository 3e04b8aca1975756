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

interface FoundRows {
  entries: NamedEntry[];
  /** Where the search for the next ones begins; undefined when there are none. */
  next: RowPlace | undefined;
  /** Not all rows up to the next page were looked through. */
  isSearching: boolean;
}

/** What is looked at first: to plan a statement takes as long as it has months to look at. */
const SPANS_MS = [62 * DAY_MS, 248 * DAY_MS];

export async function findRows(
  db: Kysely<Tables>,
  asked: AskedLog,
  most: number,
  place?: LogPosition,
): Promise<FoundRows> {
  for (const span of SPANS_MS) {
    const near = nearOf(asked, span, place);
    if (!near) break;
    const found = await look(db, near, most, place);
    if (found.next) return found;
  }
  return look(db, asked, most, place);
}

async function look(
  db: Kysely<Tables>,
  { scope, criteria, now }: AskedLog,
  most: number,
  place?: LogPosition,
): Promise<FoundRows> {
  const query = new LogQuery(scope, criteria, now);
  const { rows } = await query.rows(most + 1, place).execute(db);
  if (rows.length > most) {
    const entries = rows.slice(0, most);
    return { entries, next: entries.at(-1), isSearching: false };
  }
  const end = await query.end(place)?.execute(db);
  const next = end?.rows[0];
  return { entries: rows, next, isSearching: next !== undefined };
}

/** @returns undefined where no more is asked for than this span */
function nearOf(
  { scope, criteria, now }: AskedLog,
  span: number,
  place?: LogPosition,
): AskedLog | undefined {
  const { since, until = now } = criteria;
  const from = Math.min(place ? Date.parse(place.at) : Infinity, until.getTime());
  if (place?.direction === 'newer') {
    if (from + span >= until.getTime()) return undefined;
    return { scope, criteria: { ...criteria, until: new Date(from + span) }, now };
  }
  if (since && from - span <= since.getTime()) return undefined;
  return { scope, criteria: { ...criteria, since: new Date(from - span) }, now };
}
