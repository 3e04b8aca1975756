import { sql, type RawBuilder } from 'kysely';
import type { tables } from '../../database/tables.js';

type Sql = RawBuilder<unknown>;

/** Where it is looked for; of equal keys those stand first that come first in this order. */
interface LookedFor {
  table: string;
  order: Sql;
  /** Of what is found, where it is not the row itself. */
  id?: Sql;
}

/** Greater than whatever follows the same beginning. */
export const LAST = sql`${'\u{10FFFF}'}::text`;

/**
 * The best matches first. Each of the ways to be found reads a few entries of its own index, in its
 * order.
 * @param ways what is no text does not lead anywhere
 */
export async function idsFoundBy(
  database: ReturnType<typeof tables>,
  ways: (Sql | string | undefined)[],
  limit: number,
): Promise<string[]> {
  const found: string[] = [];
  for (const way of ways) {
    if (typeof way !== 'object') continue;
    const { rows } = await sql<{ id: string }>`${way} limit ${limit}`.execute(database);
    found.push(...rows.map(({ id }) => id));
  }
  return [...new Set(found)].slice(0, limit);
}

export function exactly({ table, order }: LookedFor, column: Sql, value: string): Sql {
  return sql`
    select id from ${sql.table(table)} where ${column} = ${value} order by ${order}`;
}

export function beginningWith(
  { table, order, id = sql`id` }: LookedFor,
  key: Sql,
  beginning: Sql,
): Sql {
  return sql`
    select ${id} as id from ${sql.table(table)}
    where ${beginning} <> '' and ${key} collate "C" >= ${beginning}
      and ${key} collate "C" < ${beginning} || ${LAST}
    order by ${key} collate "C", ${order}`;
}

/** A part of a company's name or kana: its characters lead to few of the keys `k`, by an index. */
export function isPartOfKey(word: Sql): Sql {
  return sql`(string_to_array(k.key, null) @> string_to_array(${word}, null)
              and strpos(k.key, ${word}) > 0)`;
}
