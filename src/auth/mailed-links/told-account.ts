import type { EntityManager } from '@mikro-orm/postgresql';
import { Account } from '../../identity/account.entity.js';
import type { MailedLink } from './mailed-link.entity.js';

/** Whose account the mail of a link told about, and when: its page names them, as another tab may show another one. */
export async function toldAccount(em: EntityManager, { subject, createdAt }: MailedLink) {
  const populate = ['corporation'] as const;
  const account = await em.findOne(Account, subject, { populate, refresh: true });
  return (
    account && {
      person: account.name,
      corporationName: account.corporation.name,
      toldAt: createdAt,
    }
  );
}
