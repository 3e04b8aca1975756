import type { Kysely } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Tables } from '../../../database/tables.js';
import type { AccountState } from '../../../identity/account-states.js';
import type { MemberQuery } from './member-query.js';

/** With all that a file tells of them, as rows: entities cost three times as much. */
export function listedPeople(db: Kysely<Tables>, places: ReturnType<MemberQuery['places']>) {
  return db
    .selectFrom(places.as('p'))
    .innerJoin('accounts as a', 'a.id', 'p.id')
    .select(['p.id', 'p.key', 'a.name', 'a.name_kana as nameKana', 'a.department', 'a.phone'])
    .select(['a.email', 'a.login_id as loginId', 'a.role', 'a.created_at as createdAt'])
    .select(['a.last_sign_in_at as lastSignInAt', 'a.second_factor_since as secondFactorSince'])
    .select(sql<AccountState>`account_state_now(a.state, a.held_until)`.as('stateNow'))
    .orderBy('p.key')
    .orderBy('p.id')
    .execute();
}

export type ListedPerson = Awaited<ReturnType<typeof listedPeople>>[number];
