import type { EntityManager } from '@mikro-orm/postgresql';
import { DeskCase } from './desk-case.entity.js';

/** The number of the newest case about an account, as a fact of the log; nothing where it has none. */
export async function caseFacts(
  em: EntityManager,
  subject: string,
): Promise<{ caseNumber?: string }> {
  const newest = { orderBy: { openedAt: 'desc' } } as const;
  const found = await em.findOne(DeskCase, { subject }, newest);
  return found ? { caseNumber: found.caseNumber } : {};
}
