import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOne } from '../../database/sql.js';

/** Rolls back what would leave a company without anybody who can sign in as its administrator. */
export class NobodyLeft extends Error {}

/**
 * Asks at the end of a change, under the company's held row.
 * @throws NobodyLeft
 */
export async function checkSomebodyIsLeft(em: EntityManager, corporationId: string): Promise<void> {
  const found = await sqlOne(
    em,
    'select from usable_administrators where corporation_id = $1 limit 1',
    [corporationId],
  );
  if (!found) throw new NobodyLeft();
}
