import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { NamedEntry } from '../audit/named-entries.js';
import { after, databaseNow } from '../database/clock.js';
import { tables } from '../database/tables.js';
import type { LogCriteria, LogScope } from './log-criteria.js';
import { writePlace, type LogPosition } from './log-position.js';
import { LogQuery } from './log-query.js';

const PAGE = 30;
const BATCH = 500;

export interface LogPage {
  entries: NamedEntry[];
  /** Null or the value of `page` in the link to the page beside. */
  newer: string | null;
  older: string | null;
  /** Not all of what is older was looked through for this page. */
  isSearching: boolean;
}

type Row = Pick<LogPosition, 'at' | 'id'>;

interface Found {
  entries: NamedEntry[];
  /** Where the search for the next ones begins; undefined when there are none. */
  next: Row | undefined;
  isSearching: boolean;
}

/** The log of a company, page by page or as a whole, the newest first. */
@Injectable()
export class LogEntries {
  constructor(private readonly em: EntityManager) {}

  async page(scope: LogScope, criteria: LogCriteria, place?: LogPosition): Promise<LogPage> {
    const query = await this.#query(scope, criteria);
    const { entries, next, isSearching } = await this.#find(query, PAGE, place);
    if (place?.direction !== 'newer') {
      const newer = place ? besides('newer', entries[0] ?? place) : null;
      return { entries, newer, older: next ? besides('older', next) : null, isSearching };
    }
    // Back at the beginning: the first page is full.
    if (!next) return this.page(scope, criteria);
    const older = besides('older', entries[0] ?? place);
    return {
      entries: entries.toReversed(),
      newer: besides('newer', next),
      older,
      isSearching: false,
    };
  }

  async *all(scope: LogScope, criteria: LogCriteria): AsyncGenerator<NamedEntry> {
    const query = await this.#query(scope, criteria);
    let place: LogPosition | undefined;
    for (;;) {
      const { entries, next } = await this.#find(query, BATCH, place);
      yield* entries;
      if (!next) return;
      place = { direction: 'older', ...next };
    }
  }

  /** Rows are written after the clock was read too. */
  async #query(scope: LogScope, criteria: LogCriteria): Promise<LogQuery> {
    return new LogQuery(scope, criteria, after(await databaseNow(this.em), { minutes: 1 }));
  }

  async #find(query: LogQuery, most: number, place?: LogPosition): Promise<Found> {
    const db = tables(this.em);
    const { rows } = await query.rows(most + 1, place).execute(db);
    const entries = rows.slice(0, most);
    if (rows.length > most) return { entries, next: entries.at(-1)!, isSearching: false };
    const end = await query.end(place)?.execute(db);
    return { entries, next: end?.rows[0], isSearching: end?.rows[0] !== undefined };
  }
}

function besides(direction: LogPosition['direction'], { at, id }: Row): string {
  return writePlace({ direction, at, id });
}
