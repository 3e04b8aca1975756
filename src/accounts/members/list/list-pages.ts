import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql, sqlOne } from '../../../database/sql.js';
import type { Member } from '../member.js';
import type { Criteria } from './criteria.js';
import { writePosition, type ListPosition } from './list-position.js';
import { MemberQuery } from './member-query.js';

export const PAGE = 20;
/** Beyond so many it does not matter how many there are. */
const COUNTED = 1_000;
const BATCH = 500;

/** A member in the list, with the state of the last mail to them. */
export type Row = Member & {
  key: string;
  mailState: 'queued' | 'handed-over' | 'deferred' | 'bounced' | 'suppressed' | null;
  mailIsOld: boolean | null;
};

export interface MemberPage {
  rows: Row[];
  /** From 1. */
  number: number;
  /** How many there are; with `isMore`, at least. */
  total: number;
  isMore: boolean;
  /** What `page` is on the pages beside this one. */
  previous: string | null;
  next: string | null;
}

/** The list of a company's people, page by page. */
@Injectable()
export class ListPages {
  constructor(private readonly em: EntityManager) {}

  async page(corporationId: string, criteria: Criteria, place?: ListPosition): Promise<MemberPage> {
    const query = new MemberQuery(corporationId, criteria);
    const rows = await this.#rows(query, PAGE + 1, place);
    const isBefore = place?.direction === 'before';
    // Back at the beginning: the first page is full, even if people before this place went away.
    if ((isBefore && rows.length <= PAGE) || (place && rows.length === 0))
      return this.page(corporationId, criteria);
    const shown = isBefore ? rows.slice(0, PAGE).toReversed() : rows.slice(0, PAGE);
    const number = place ? Math.max(place.number, 2) : 1;
    const { text, values } = query.count(COUNTED);
    const counted = await sqlOne<Pick<MemberPage, 'total' | 'isMore'>>(this.em, text, values);
    const hasNext = isBefore || rows.length > PAGE;
    return {
      rows: shown,
      number,
      ...counted!,
      previous: place && shown[0] ? besides('before', number - 1, shown[0]) : null,
      next: hasNext ? besides('after', number + 1, shown.at(-1)!) : null,
    };
  }

  /** Everybody, a few hundred at a time. */
  async *all(corporationId: string, criteria: Criteria): AsyncGenerator<Row> {
    const query = new MemberQuery(corporationId, criteria);
    let place: ListPosition | undefined;
    for (;;) {
      const rows = await this.#rows(query, BATCH, place);
      yield* rows;
      const last = rows.at(-1);
      if (!last || rows.length < BATCH) return;
      place = { direction: 'after', number: 1, key: last.key, id: last.id };
    }
  }

  async #rows(query: MemberQuery, most: number, place?: ListPosition): Promise<Row[]> {
    const { text, values } = query.rows(most, place);
    return sql<Row>(this.em, text, values);
  }
}

function besides(direction: ListPosition['direction'], number: number, { key, id }: Row): string {
  return writePosition({ direction, number, key, id });
}
