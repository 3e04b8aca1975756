import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { SignedIn } from '../../../auth/sessions/sessions.js';
import { tables } from '../../../database/tables.js';
import { Account } from '../../../identity/account.entity.js';
import type { Criteria } from '../criteria.js';
import { writePosition, type ListPosition } from './list-position.js';
import type { MailOfPerson } from './mail-chip.js';
import { listedPeople, type ListedPerson } from './listed-people.js';
import { MemberQuery } from './member-query.js';

export const PAGE = 20;
/** Beyond so many it does not matter how many there are. */
const COUNTED = 1_000;
const BATCH = 500;

export interface Row extends MailOfPerson {
  account: Account;
  key: string;
}

export interface MemberPage {
  rows: Row[];
  /** From 1. */
  number: number;
  /** How many there are; with `isMore`, at least. */
  total: number;
  isMore: boolean;
  /** The values of `page` in the links to the pages beside this one. */
  previous: string | null;
  next: string | null;
}

/** Administrators of the company, or the desk. */
type Reader = Pick<SignedIn, 'corporationId' | 'isNewcomer'>;

@Injectable()
export class ListPages {
  constructor(private readonly em: EntityManager) {}

  async page(reader: Reader, criteria: Criteria, place?: ListPosition): Promise<MemberPage> {
    const { corporationId, isNewcomer } = reader;
    const query = new MemberQuery(tables(this.em), corporationId, criteria, isNewcomer);
    const rows = await this.#rows(query, PAGE + 1, place);
    const isBefore = place?.direction === 'before';
    // Back at the beginning: the first page is full, even if people before this place went away.
    if ((isBefore && rows.length <= PAGE) || (place && rows.length === 0))
      return this.page(reader, criteria);
    const shown = isBefore ? rows.slice(0, PAGE).toReversed() : rows.slice(0, PAGE);
    const number = place ? Math.max(place.number, 2) : 1;
    const counted = await query.count(COUNTED).executeTakeFirstOrThrow();
    const hasNext = isBefore || rows.length > PAGE;
    return {
      rows: shown,
      number,
      total: counted.total,
      isMore: Boolean(counted.isMore),
      previous: place && shown[0] ? besides('before', number - 1, shown[0]) : null,
      next: hasNext ? besides('after', number + 1, shown.at(-1)!) : null,
    };
  }

  async *all(corporationId: string, criteria: Criteria): AsyncGenerator<ListedPerson> {
    const db = tables(this.em);
    const query = new MemberQuery(db, corporationId, criteria);
    let place: ListPosition | undefined;
    for (;;) {
      const people = await listedPeople(db, query.places('asc', BATCH, place));
      yield* people;
      const last = people.at(-1);
      if (!last || people.length < BATCH) return;
      place = { direction: 'after', number: 1, key: last.key, id: last.id };
    }
  }

  /** Somebody who was removed between the two statements is left out. */
  async #rows(query: MemberQuery, most: number, place?: ListPosition): Promise<Row[]> {
    const found = await query.rows(most, place).execute();
    const ids = found.map(({ id }) => id);
    const loaded = await this.em.find(Account, { id: { $in: ids } }, { disableIdentityMap: true });
    const accounts = new Map(loaded.map((account) => [account.id, account]));
    return found.flatMap(({ id, ...row }) => {
      const account = accounts.get(id);
      const mailIsOld = row.mailIsOld === null ? null : Boolean(row.mailIsOld);
      return account ? [{ ...row, mailIsOld, account }] : [];
    });
  }
}

/** Where the page stands, as the partial `pagination` takes it. */
export function placesOf(
  { rows, number, total, isMore, previous, next }: MemberPage,
  pathOf: (place: string) => string,
) {
  const from = (number - 1) * PAGE + 1;
  const to = from + rows.length - 1;
  return {
    from,
    to,
    total: Math.max(total, to),
    isMore,
    previous: previous && pathOf(previous),
    next: next && pathOf(next),
  };
}

function besides(
  direction: ListPosition['direction'],
  number: number,
  { key, account }: Row,
): string {
  return writePosition({ direction, number, key, id: account.id });
}
