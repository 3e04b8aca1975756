import type { EntityManager } from '@mikro-orm/postgresql';
import { tables } from '../../database/tables.js';
import { Account } from '../../identity/account.entity.js';
import type { Addressee } from '../../mail/mails.js';

/** The addressees of mails about a company's restriction: all administrators who can sign in. */
export async function administratorsOf(
  em: EntityManager,
  corporationId: string,
): Promise<Addressee[]> {
  const usable = await tables(em)
    .selectFrom('usable_administrators')
    .select('id')
    .where('corporation_id', '=', corporationId)
    .execute();
  const administrators = await em.find(
    Account,
    { id: { $in: usable.map(({ id }) => id) } },
    { populate: ['corporation'], orderBy: { name: 'asc', id: 'asc' } },
  );
  return administrators.map(({ addressee }) => addressee);
}
