import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql, sqlOne } from '../../database/sql.js';
import { isAccountId, MEMBER, type Member } from './member.js';

/** The people of a company, each look-up naming the company: of another one's nothing is found. */
@Injectable()
export class Members {
  constructor(private readonly em: EntityManager) {}

  /** @param id as it came in a URL: whatever text it is, an id of another company is no id */
  async find(corporationId: string, id: unknown): Promise<Member | undefined> {
    return (await this.findAll(corporationId, [id]))?.[0];
  }

  /** All of them in the order of the list; undefined when one is not there. */
  async findAll(corporationId: string, ids: readonly unknown[]): Promise<Member[] | undefined> {
    const wanted = [...new Set(ids)];
    if (!wanted.every(isAccountId)) return undefined;
    const found = await sql<Member>(
      this.em,
      `select ${MEMBER} from accounts a where a.corporation_id = $1 and a.id = any($2)
       order by a.name_kana collate "C", a.id`,
      [corporationId, wanted],
    );
    return found.length === wanted.length ? found : undefined;
  }

  /** Whether this person may act for the company now. */
  async isUsableAdministrator(corporationId: string, id: string): Promise<boolean> {
    const found = await sqlOne(
      this.em,
      'select from usable_administrators where corporation_id = $1 and id = $2',
      [corporationId, id],
    );
    return found !== undefined;
  }

  /**
   * Whether a usable administrator is left without these accounts. To rely on the answer, hold the
   * company first (`holdCorporation`).
   */
  async keepsAdministrator(corporationId: string, without: readonly string[]): Promise<boolean> {
    const found = await sqlOne(
      this.em,
      `select from usable_administrators where corporation_id = $1 and id <> all($2::uuid[]) limit 1`,
      [corporationId, without],
    );
    return found !== undefined;
  }

  /** Whether just one usable administrator is there: nobody could help if that one could not come. */
  async hasOneAdministrator(corporationId: string): Promise<boolean> {
    const found = await sql(
      this.em,
      'select from usable_administrators where corporation_id = $1 limit 2',
      [corporationId],
    );
    return found.length === 1;
  }
}
