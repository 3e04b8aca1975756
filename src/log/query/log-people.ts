import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { tables } from '../../database/tables.js';
import { loginIdKey } from '../../identity/login-id.js';

/** More are too many to be meant. */
const MOST = 10;

/** Who is meant by what somebody typed above a log. */
@Injectable()
export class LogPeople {
  constructor(private readonly em: EntityManager) {}

  /** By login ID, or by a part of the name as in the list of people. @returns undefined for too many */
  async find(corporationId: string, typed: string): Promise<string[] | undefined> {
    const exact = await tables(this.em)
      .selectFrom('accounts')
      .select('id')
      .where('corporation_id', '=', corporationId)
      .where('login_id_key', '=', loginIdKey(typed))
      .execute();
    const found = exact.length > 0 ? exact : await this.#search(corporationId, typed);
    return found.length > MOST ? undefined : found.map(({ id }) => id);
  }

  async #search(corporationId: string, typed: string): Promise<{ id: string }[]> {
    const beginning = sql<string>`left(search_fold(${typed}), 40)`;
    return tables(this.em)
      .selectFrom('account_search_keys')
      .select('account_id as id')
      .distinct()
      .where('corporation_id', '=', corporationId)
      .where('key', '>=', beginning)
      .where('key', '<', sql<string>`${beginning} || ${'\u{10FFFF}'}`)
      .limit(MOST + 1)
      .execute();
  }
}
