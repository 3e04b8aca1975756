import { EntityManager, LockMode, raw } from '@mikro-orm/postgresql';
import { Injectable, NotFoundException } from '@nestjs/common';
import { usableAdministrators } from '../../corporations/hold-corporation.js';
import { Account } from '../../identity/account.entity.js';
import { isUuid } from '../../web/uuid.js';

/**
 * The people of a company, each look-up naming the company.
 * @throws NotFoundException for an id of another company, as for any text that is no id
 */
@Injectable()
export class Members {
  constructor(private readonly em: EntityManager) {}

  async find(corporationId: string, id: string): Promise<Account> {
    return (await this.findAll(corporationId, [id]))[0]!;
  }

  /** All of them in the order of the list. */
  async findAll(
    corporationId: string,
    ids: readonly unknown[],
    lockMode: LockMode.NONE | LockMode.PESSIMISTIC_WRITE = LockMode.NONE,
  ): Promise<Account[]> {
    const wanted = [...new Set(ids)];
    if (!wanted.every(isUuid)) throw new NotFoundException();
    const found = await this.em.find(
      Account,
      { corporation: corporationId, id: { $in: wanted } },
      {
        orderBy: [{ [raw('name_kana collate "C"')]: 'asc' }, { id: 'asc' }],
        refresh: true,
        lockMode,
      },
    );
    if (found.length < wanted.length) throw new NotFoundException();
    return found;
  }

  /**
   * The same for what happens to them, held until the end of the caller's transaction, with their
   * company for the mails. Hold the company first.
   */
  async holdAll(corporationId: string, ids: readonly unknown[]): Promise<Account[]> {
    const found = await this.findAll(corporationId, ids, LockMode.PESSIMISTIC_WRITE);
    return this.em.populate(found, ['corporation']);
  }

  async hold(corporationId: string, id: string): Promise<Account> {
    return (await this.holdAll(corporationId, [id]))[0]!;
  }

  /**
   * True when a usable administrator is left without these people. Hold the company first to rely
   * on the answer.
   */
  async isDispensable(corporationId: string, people: readonly Account[]): Promise<boolean> {
    if (!people.some(({ isActingAdministrator }) => isActingAdministrator)) return true;
    const ids = people.map(({ id }) => id);
    const usable = await usableAdministrators(this.em, corporationId);
    return usable.some((id) => !ids.includes(id));
  }

  /** True when nobody could help if the only usable administrator could not come. */
  async hasOneAdministrator(corporationId: string): Promise<boolean> {
    return (await usableAdministrators(this.em, corporationId)).length === 1;
  }
}
