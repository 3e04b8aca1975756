import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '../database/sql.js';

/**
 * Holds a company until the caller's transaction ends. Whatever changes who a company's
 * administrators are holds it first, always before any of its accounts: so nothing deadlocks.
 */
export async function holdCorporation(em: EntityManager, corporationId: string): Promise<void> {
  await sql(em, 'select from corporations where id = $1 for no key update', [corporationId]);
}
