import type { EntityManager } from '@mikro-orm/postgresql';
import { approvedAdministrators, usableAdministrators } from '../corporations/hold-corporation.js';
import { Account } from './account.entity.js';

/** The addressees of mails to a company: all administrators who can sign in. */
export async function administratorsOf(em: EntityManager, corporationId: string) {
  const id = { $in: await usableAdministrators(em, corporationId) };
  const order = { populate: ['corporation'], orderBy: { name: 'asc', id: 'asc' } } as const;
  return (await em.find(Account, { id }, order)).map(({ addressee }) => addressee);
}

/**
 * The names of those whom the company's own people can ask: administrators on probation stand there
 * only where there is nobody else, because they may grant nothing.
 */
export async function administratorsToAsk(
  em: EntityManager,
  corporationId: string,
  exceptId = '',
): Promise<string[]> {
  const others = (ids: string[]) => ids.filter((id) => id !== exceptId);
  const approved = others(await approvedAdministrators(em, corporationId));
  const ids =
    approved.length > 0 ? approved : others(await usableAdministrators(em, corporationId));
  const fields = { fields: ['name'], orderBy: { nameKana: 'asc', id: 'asc' } } as const;
  return (await em.find(Account, { id: { $in: ids } }, fields)).map(({ name }) => name);
}
