import type { EntityManager } from '@mikro-orm/postgresql';
import { usableAdministrators } from '../corporations/hold-corporation.js';
import { Account } from './account.entity.js';

/** The addressees of mails to a company: all administrators who can sign in. */
export async function administratorsOf(em: EntityManager, corporationId: string) {
  const id = { $in: await usableAdministrators(em, corporationId) };
  const order = { populate: ['corporation'], orderBy: { name: 'asc', id: 'asc' } } as const;
  return (await em.find(Account, { id }, order)).map(({ addressee }) => addressee);
}
