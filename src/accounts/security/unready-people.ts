import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { SignedIn } from '../../auth/sessions/sessions.js';
import type { FactorPolicy } from '../../corporations/factor-policy.js';
import { tables } from '../../database/tables.js';
import { LOST_FACTOR_PEOPLE } from './lost-factor-tasks.js';
import { ROLES } from '../../identity/role.js';

const SHOWN = 50;

/** People who can sign in, by whether they have a second factor. */
export interface Readiness {
  administrators: number;
  readyAdministrators: number;
  people: number;
  ready: number;
}

/** Who has no second factor yet where one is asked, or would be. */
@Injectable()
export class UnreadyPeople {
  constructor(private readonly em: EntityManager) {}

  async count({ corporationId }: SignedIn): Promise<Readiness> {
    const isReady = sql<boolean>`second_factor_since is not null`;
    const isAdministrator = sql<boolean>`role = 'administrator'`;
    const number = (condition: typeof isReady) =>
      sql<number>`(count(*) filter (where ${condition}))::int`;
    return tables(this.em)
      .selectFrom('accounts')
      .select([
        number(isAdministrator).as('administrators'),
        number(sql<boolean>`${isAdministrator} and ${isReady}`).as('readyAdministrators'),
        sql<number>`count(*)::int`.as('people'),
        number(isReady).as('ready'),
      ])
      .where('corporation_id', '=', corporationId)
      .where('state', '=', 'active')
      .executeTakeFirstOrThrow();
  }

  /** Those who asked to have a lost factor taken off. */
  async lost({ corporationId, accountId }: SignedIn): Promise<{ name: string; path: string }[]> {
    const { rows } = await sql<{ id: string; name: string }>`
      select lost.id, lost.name from (
        select ${corporationId}::uuid as corporation_id, ${accountId}::uuid as account_id) person,
        lateral (${sql.raw(LOST_FACTOR_PEOPLE)}) lost
      order by lost.name_kana, lost.id limit ${SHOWN}`.execute(tables(this.em));
    return rows.map(({ id, name }) => ({ name, path: `/accounts/${id}` }));
  }

  /**
   * The first 50 of those whom the policy asks and who have no factor, administrators before others.
   * `dueAt` is null for those whom only this policy would ask: from its switch they have their days.
   */
  async of({ corporationId, now }: SignedIn, policy: FactorPolicy) {
    if (policy === 'nobody') return { people: [], isMore: false };
    const found = await tables(this.em)
      .selectFrom('accounts as a')
      .leftJoin('second_factor_duties as d', 'd.account_id', 'a.id')
      .select(['a.id', 'a.name', 'a.role', 'd.due_at as dueAt'])
      .where('a.corporation_id', '=', corporationId)
      .where('a.state', '=', 'active')
      .where('a.second_factor_since', 'is', null)
      .$if(policy === 'administrators', (query) => query.where('a.role', '=', 'administrator'))
      .orderBy(sql`a.role = 'administrator'`, 'desc')
      .orderBy('d.due_at')
      .orderBy('a.name_kana')
      .orderBy('a.id')
      .limit(SHOWN + 1)
      .execute();
    const people = found.slice(0, SHOWN).map(({ id, name, role, dueAt }) => ({
      name,
      role: ROLES[role],
      path: `/accounts/${id}`,
      dueAt,
      isOver: dueAt !== null && dueAt <= now,
    }));
    return { people, isMore: found.length > SHOWN };
  }
}
