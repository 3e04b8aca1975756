import type { EntityManager } from '@mikro-orm/postgresql';
import { Account } from '../identity/account.entity.js';
import { insertAccount } from '../identity/login-ids.js';
import type { Applicant, Cause, SealedDetails } from './applicant.js';

/** An account that waits for the proof of its mailbox; undefined when the login ID is taken. */
export async function createRegistered(
  em: EntityManager,
  corporationId: string,
  applicant: Applicant,
  language: Cause['language'],
): Promise<Account | undefined> {
  const { name, nameKana, department, phone, email, loginId, passwordHash } = applicant;
  const created = await insertAccount(em, {
    corporation_id: corporationId,
    role: 'administrator',
    state: 'registered',
    login_id: loginId,
    name,
    name_kana: nameKana,
    department,
    phone,
    email,
    password_hash: passwordHash,
    language,
  });
  return created === undefined
    ? undefined
    : em.findOneOrFail(Account, created, { populate: ['corporation'] });
}

/** The entries that such an account was made of; its password hash must be loaded. */
export function detailsOf(account: Account): SealedDetails {
  const { name, nameKana, department, phone, email, loginId, language } = account;
  const passwordHash = account.passwordHash!;
  return { name, nameKana, department, phone, email, loginId, passwordHash, language };
}

export async function removeUnstarted(em: EntityManager, account: Account): Promise<void> {
  await em.flush();
  const isHeld = { stateNow: 'held' as const };
  await em.nativeDelete(Account, { id: account.id, $or: [{ state: 'registered' }, isHeld] });
}
