import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { NamedEntry } from '../lines/named-entries.js';
import { after, databaseNow } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import { findRows, type AskedLog, type RowPlace } from './find-rows.js';
import type { LogCriteria, LogScope } from './log-criteria.js';
import { writePlace, type LogPosition } from './log-position.js';

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

export const NO_ENTRIES: LogPage = { entries: [], newer: null, older: null, isSearching: false };

/** The log of a company, page by page or as a whole, the newest first. */
@Injectable()
export class LogEntries {
  constructor(private readonly em: EntityManager) {}

  async page(scope: LogScope, criteria: LogCriteria, place?: LogPosition): Promise<LogPage> {
    const asked = await this.#ask(scope, criteria);
    const { entries, next, isSearching } = await findRows(tables(this.em), asked, PAGE, place);
    if (place?.direction !== 'newer') {
      const newer = place ? besides('newer', entries[0] ?? place) : null;
      return { entries, newer, older: next ? besides('older', next) : null, isSearching };
    }
    // Back at the beginning: the first page is full.
    if (!next) return this.page(scope, criteria);
    const older = besides('older', entries[0] ?? place);
    const newer = besides('newer', next);
    return { entries: entries.toReversed(), newer, older, isSearching: false };
  }

  async *all(scope: LogScope, criteria: LogCriteria): AsyncGenerator<NamedEntry> {
    const asked = await this.#ask(scope, criteria);
    let place: LogPosition | undefined;
    for (;;) {
      const { entries, next } = await findRows(tables(this.em), asked, BATCH, place);
      yield* entries;
      if (!next) return;
      place = { direction: 'older', ...next };
    }
  }

  /** Rows are written after the clock was read too. */
  async #ask(scope: LogScope, criteria: LogCriteria): Promise<AskedLog> {
    return { scope, criteria, now: after(await databaseNow(this.em), { minutes: 1 }) };
  }
}

function besides(direction: LogPosition['direction'], { at, id }: RowPlace): string {
  return writePlace({ direction, at, id });
}
