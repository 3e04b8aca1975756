import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * For a transaction that fills tables. A plan from when a table was almost empty reads it whole, and
 * the session keeps it: also the one behind a foreign key, which then reads the table for each new
 * row. Statistics would end it, but come only after the commit.
 */
export async function planForLargeTables(em: EntityManager): Promise<void> {
  await em.execute('discard plans; set local enable_seqscan = off');
}
