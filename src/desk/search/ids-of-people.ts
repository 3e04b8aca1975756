import { sql } from 'kysely';
import type { tables } from '../../database/tables.js';
import { beginningWith, exactly, idsFoundBy } from './ways-to-find.js';
import type { TypedQuery } from './typed-query.js';

const OF_ACCOUNTS = { table: 'accounts', order: sql`id` };

export async function idsOfPeople(
  database: ReturnType<typeof tables>,
  { loginId, email, name }: TypedQuery,
  limit: number,
): Promise<string[]> {
  const kana = name && sql`search_fold(${name})`;
  return idsFoundBy(
    database,
    [
      loginId && exactly(OF_ACCOUNTS, sql`login_id_key`, loginId),
      email && exactly(OF_ACCOUNTS, sql`email_key`, email),
      loginId && beginningWith(OF_ACCOUNTS, sql`login_id_key`, sql`${loginId}::text`),
      kana && beginningWith(OF_ACCOUNTS, sql`search_fold(name_kana)`, kana),
      kana && beginningWith(OF_ACCOUNTS, sql`search_fold(name)`, kana),
    ],
    limit,
  );
}
