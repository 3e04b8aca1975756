import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql, sqlOne } from '../../database/sql.js';
import { isUuid } from '../../web/uuid.js';
import { MEMBER, type Member } from './member.js';

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
    if (!wanted.every(isUuid)) return undefined;
    const found = await sql<Member>(
      this.em,
      `select ${MEMBER} from accounts a where a.corporation_id = $1 and a.id = any($2)
       order by a.name_kana collate "C", a.id`,
      [corporationId, wanted],
    );
    return found.length === wanted.length ? found : undefined;
  }

  /**
   * Whether a usable administrator is left without these accounts. Hold the company first to rely on
   * the answer.
   */
  async keepsAdministrator(corporationId: string, without: readonly string[]): Promise<boolean> {
    const found = await sqlOne(
      this.em,
      `select from usable_administrators where corporation_id = $1 and id <> all($2::uuid[]) limit 1`,
      [corporationId, without],
    );
    return found !== undefined;
  }

  /** Whether the company can do without these people: a usable administrator is left. */
  async isDispensable(corporationId: string, people: readonly Member[]): Promise<boolean> {
    const acting = people.filter(
      ({ role, state }) => role === 'administrator' && (state === 'active' || state === 'held'),
    );
    if (acting.length === 0) return true;
    const ids = people.map(({ id }) => id);
    return this.keepsAdministrator(corporationId, ids);
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
