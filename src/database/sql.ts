import type { EntityManager } from '@mikro-orm/postgresql';
import { CompiledQuery } from 'kysely';

/**
 * Runs one statement with bound parameters (`$1`, `$2`, …), inside the caller's transaction when
 * there is one.
 * @returns the rows, named as the statement names them
 */
export async function sql<Row>(
  em: EntityManager,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const { rows } = await em.getKysely().executeQuery<Row>(CompiledQuery.raw(text, values));
  return rows;
}

/** The one row of a statement that finds one or none. */
export async function sqlOne<Row>(
  em: EntityManager,
  text: string,
  values: unknown[] = [],
): Promise<Row | undefined> {
  const [row] = await sql<Row>(em, text, values);
  return row;
}

/** The database's time: the only one that deadlines are compared with. */
export async function databaseNow(em: EntityManager): Promise<Date> {
  const row = await sqlOne<{ now: Date }>(em, 'select genkan_now() as now');
  return row!.now;
}
