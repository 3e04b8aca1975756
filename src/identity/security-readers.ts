import type { EntityManager } from '@mikro-orm/postgresql';
import type { Account } from './account.entity.js';
import { undoableMailboxes } from './former-mailboxes.js';
import { emailKey } from './login-id.js';

/**
 * To whom goes what changed about somebody's password or factors: the person, and while a change of
 * the mail address can be undone, the mailbox before it, because the present one may be a thief's. The
 * company must be loaded. Somebody who was deleted hears nothing more.
 */
export async function securityReaders(em: EntityManager, account: Account) {
  const { id, addressee } = account;
  if (account.state === 'deleted') return [];
  const former = (await undoableMailboxes(em, id)).filter(
    (email) => emailKey(email) !== account.emailKey,
  );
  return [addressee, ...former.map((email) => ({ ...addressee, email, isFormerMailbox: true }))];
}
