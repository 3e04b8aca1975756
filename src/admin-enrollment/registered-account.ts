import type { EntityManager } from '@mikro-orm/postgresql';
import { tables } from '../database/tables.js';
import { Account } from '../identity/account.entity.js';
import { emailKey, loginIdKey } from '../identity/login-id.js';
import type { Applicant, Cause } from './applicant.js';

/** An account that waits for the proof of its mailbox; undefined when the login ID is taken. */
export async function createRegistered(
  em: EntityManager,
  corporationId: string,
  applicant: Applicant,
  language: Cause['language'],
): Promise<Account | undefined> {
  const { name, nameKana, department, phone, email, loginId, passwordHash } = applicant;
  const created = await tables(em)
    .insertInto('accounts')
    .values({
      corporation_id: corporationId,
      role: 'administrator',
      state: 'registered',
      login_id: loginId,
      login_id_key: loginIdKey(loginId),
      name,
      name_kana: nameKana,
      department,
      phone,
      email,
      email_key: emailKey(email),
      password_hash: passwordHash,
      language,
    })
    .onConflict((taken) => taken.column('login_id_key').doNothing())
    .returning('id')
    .executeTakeFirst();
  return created && em.findOneOrFail(Account, created.id, { populate: ['corporation'] });
}

/** A registration of the same company that nobody proved holds no login ID. */
export async function releaseUnproved(
  em: EntityManager,
  corporation: string,
  loginId: string,
): Promise<void> {
  const key = { corporation, loginIdKey: loginIdKey(loginId) };
  const unproved = await em.findOne(Account, { ...key, state: 'registered' });
  unproved?.releaseLoginId();
  await em.flush();
}

/** The entries that such an account was made of; its password hash must be loaded. */
export function detailsOf(account: Account): Applicant & Pick<Cause, 'language'> {
  const { name, nameKana, department, phone, email, loginId, language } = account;
  const passwordHash = account.passwordHash!;
  return { name, nameKana, department, phone, email, loginId, passwordHash, language };
}

export async function removeUnstarted(em: EntityManager, account: Account): Promise<void> {
  await em.flush();
  const isHeld = { stateNow: 'held' as const };
  await em.nativeDelete(Account, { id: account.id, $or: [{ state: 'registered' }, isHeld] });
}
