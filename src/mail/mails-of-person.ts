import { raw, type EntityManager } from '@mikro-orm/postgresql';
import type { Account } from '../identity/account.entity.js';
import { MailDelivery } from './mail-delivery.entity.js';

/**
 * The newest first: the mails about an account, and of its mailbox those that are for everybody who
 * shares it, or came back.
 */
export async function mailsOfPerson(
  em: EntityManager,
  { id, emailKey }: Account,
  limit: number,
): Promise<MailDelivery[]> {
  const shared = { $or: [{ kind: 'recovery' }, { state: 'bounced' as const }] };
  const ofMailbox = { [raw('lower(recipient)')]: emailKey, ...shared };
  const which = emailKey ? { $or: [{ account: id }, ofMailbox] } : { account: id };
  return em.find(MailDelivery, which, { orderBy: { createdAt: 'desc' }, limit });
}
