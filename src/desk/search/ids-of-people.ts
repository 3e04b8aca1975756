import { sql, type RawBuilder } from 'kysely';
import type { tables } from '../../database/tables.js';
import type { TypedQuery } from './typed-query.js';

/** Greater than whatever follows the same beginning. */
const LAST = '\u{10FFFF}';

/**
 * The best matches first. Each of the ways to be found reads a few entries of its own index, in its
 * order.
 */
export async function idsOfPeople(
  database: ReturnType<typeof tables>,
  { loginId, email, name }: TypedQuery,
  limit: number,
): Promise<string[]> {
  const ways = [
    ...(loginId ? [exactly(sql.ref('login_id_key'), loginId)] : []),
    ...(email ? [exactly(sql.ref('email_key'), email)] : []),
    ...(loginId ? [beginningWith(sql`login_id_key`, sql`${loginId}::text`)] : []),
    ...(name ? [beginningWith(sql`search_fold(name_kana)`, sql`search_fold(${name})`)] : []),
    ...(name ? [beginningWith(sql`search_fold(name)`, sql`search_fold(${name})`)] : []),
  ];
  const found: string[] = [];
  for (const way of ways) {
    const { rows } = await sql<{ id: string }>`${way} limit ${limit}`.execute(database);
    found.push(...rows.map(({ id }) => id));
  }
  return [...new Set(found)].slice(0, limit);
}

function exactly(column: RawBuilder<unknown>, value: string) {
  return sql`select id from accounts where ${column} = ${value}`;
}

function beginningWith(key: RawBuilder<unknown>, beginning: RawBuilder<unknown>) {
  return sql`
    select id from accounts
    where ${beginning} <> '' and ${key} collate "C" >= ${beginning}
      and ${key} collate "C" < ${beginning} || ${LAST}
    order by ${key} collate "C", id`;
}
