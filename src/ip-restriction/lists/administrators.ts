import type { EntityManager } from '@mikro-orm/postgresql';
import { usableAdministrators } from '../../corporations/hold-corporation.js';
import { Account } from '../../identity/account.entity.js';
import type { Addressee } from '../../mail/mails.js';

/** The addressees of mails about a company's restriction: all administrators who can sign in. */
export async function administratorsOf(
  em: EntityManager,
  corporationId: string,
): Promise<Addressee[]> {
  const usable = await usableAdministrators(em, corporationId);
  const administrators = await em.find(
    Account,
    { id: { $in: usable } },
    { populate: ['corporation'], orderBy: { name: 'asc', id: 'asc' } },
  );
  return administrators.map(({ addressee }) => addressee);
}
