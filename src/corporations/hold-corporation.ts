import type { EntityManager } from '@mikro-orm/postgresql';
import { ForbiddenException } from '@nestjs/common';
import { sql, sqlOne } from '../database/sql.js';
import type { Person } from '../web/visit.js';

/**
 * Holds a company until the caller's transaction ends. Whatever changes who a company's
 * administrators are holds it first, always before any of its accounts: so nothing deadlocks.
 */
export async function holdCorporation(em: EntityManager, corporationId: string): Promise<void> {
  await sql(em, 'select from corporations where id = $1 for no key update', [corporationId]);
}

/**
 * The same for what an administrator does: the rights may have ended while the request waited for
 * the company, and whoever took them must not find something done afterwards.
 * @throws ForbiddenException when the person is no usable administrator any more
 */
export async function holdForAdministrator(
  em: EntityManager,
  { accountId, corporationId }: Pick<Person, 'accountId' | 'corporationId'>,
): Promise<void> {
  await holdCorporation(em, corporationId);
  const usable = 'select from usable_administrators where corporation_id = $1 and id = $2';
  if (!(await sqlOne(em, usable, [corporationId, accountId])))
    throw new ForbiddenException('No administrator any more');
}
