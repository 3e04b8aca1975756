import { sql } from 'kysely';
import type { tables } from '../../database/tables.js';
import { idsByWords } from './ids-by-words.js';
import type { MeantCompanies } from './meant-companies.js';
import { beginningWith, exactly, idsFoundBy } from './ways-to-find.js';
import type { TypedQuery } from './typed-query.js';

const OF_ACCOUNTS = { table: 'accounts', order: sql`id` };

export async function idsOfPeople(
  database: ReturnType<typeof tables>,
  { loginId, email, name, words }: TypedQuery,
  meant: MeantCompanies,
  limit: number,
): Promise<string[]> {
  const kana = name && sql`search_fold(${name})`;
  const found = await idsFoundBy(
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
  return found.length > 0 || !words ? found : idsByWords(database, words, meant, limit);
}

export async function idsOfAdministrators(
  database: ReturnType<typeof tables>,
  corporation: string,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from usable_administrators where corporation_id = ${corporation} limit ${limit}`.execute(
    database,
  );
  return rows.map(({ id }) => id);
}
