import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '../../database/sql.js';
import type { Addressee } from '../../mail/mails.js';

/** Whom the mails about a company's restriction go to: each administrator who can sign in. */
export async function administratorsOf(
  em: EntityManager,
  corporationId: string,
): Promise<Addressee[]> {
  return sql<Addressee>(
    em,
    `select a.id as "accountId", c.id as "corporationId", c.name as "corporationName",
            a.name, a.email, a.language
     from accounts a join usable_administrators u on u.id = a.id
     join corporations c on c.id = a.corporation_id
     where c.id = $1 order by a.name, a.id`,
    [corporationId],
  );
}
