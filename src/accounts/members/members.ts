import { EntityManager, LockMode, raw } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { tables } from '../../database/tables.js';
import { Account } from '../../identity/account.entity.js';
import { isUuid } from '../../web/uuid.js';

/** The people of a company, each look-up naming the company: of another one's nothing is found. */
@Injectable()
export class Members {
  constructor(private readonly em: EntityManager) {}

  /** @param id as it came in a URL: whatever text it is, an id of another company is no id */
  async find(corporationId: string, id: unknown): Promise<Account | undefined> {
    return (await this.findAll(corporationId, [id]))?.[0];
  }

  /** All of them in the order of the list; undefined when one is not there. */
  async findAll(
    corporationId: string,
    ids: readonly unknown[],
    lockMode: LockMode.NONE | LockMode.PESSIMISTIC_WRITE = LockMode.NONE,
  ): Promise<Account[] | undefined> {
    const wanted = [...new Set(ids)];
    if (!wanted.every(isUuid)) return undefined;
    const found = await this.em.find(
      Account,
      { corporation: corporationId, id: { $in: wanted } },
      {
        orderBy: [{ [raw('name_kana collate "C"')]: 'asc' }, { id: 'asc' }],
        refresh: true,
        lockMode,
      },
    );
    return found.length === wanted.length ? found : undefined;
  }

  /**
   * The same for what happens to them, held until the end of the caller's transaction, with their
   * company for the mails. Hold the company first.
   */
  async hold(corporationId: string, ids: readonly unknown[]): Promise<Account[] | undefined> {
    const found = await this.findAll(corporationId, ids, LockMode.PESSIMISTIC_WRITE);
    await this.em.populate(found ?? [], ['corporation']);
    return found;
  }

  /**
   * True when a usable administrator is left without these people. Hold the company first to rely
   * on the answer.
   */
  async isDispensable(corporationId: string, people: readonly Account[]): Promise<boolean> {
    if (!people.some(({ isActingAdministrator }) => isActingAdministrator)) return true;
    const ids = people.map(({ id }) => id);
    const other = await tables(this.em)
      .selectFrom('usable_administrators')
      .select('id')
      .where('corporation_id', '=', corporationId)
      .where(sql<boolean>`id <> all(${ids}::uuid[])`)
      .limit(1)
      .executeTakeFirst();
    return other !== undefined;
  }

  /** True when nobody could help if the only usable administrator could not come. */
  async hasOneAdministrator(corporationId: string): Promise<boolean> {
    const found = await tables(this.em)
      .selectFrom('usable_administrators')
      .select('id')
      .where('corporation_id', '=', corporationId)
      .limit(2)
      .execute();
    return found.length === 1;
  }
}
