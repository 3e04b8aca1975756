import type { EntityManager } from '@mikro-orm/postgresql';
import { sqlOne } from '../../database/sql.js';
import type { Addressee } from '../../mail/mails.js';

export interface AccountAddressee extends Addressee {
  loginId: string;
  /** Now, by the database's clock. */
  at: Date;
}

/** Whom a mail about an account goes to, by what is stored in the caller's transaction. */
export async function addresseeOf(em: EntityManager, accountId: string): Promise<AccountAddressee> {
  const found = await sqlOne<AccountAddressee>(
    em,
    `select a.id as "accountId", a.corporation_id as "corporationId", c.name as "corporationName",
            a.name, a.email, a.language, a.login_id as "loginId", genkan_now() as at
     from accounts a join corporations c on c.id = a.corporation_id where a.id = $1`,
    [accountId],
  );
  return found!;
}
