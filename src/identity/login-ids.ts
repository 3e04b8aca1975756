import type { EntityManager } from '@mikro-orm/postgresql';
import type { Insertable } from 'kysely';
import { codeOf } from '../database/faults.js';
import { tables, type Tables } from '../database/tables.js';
import { inSavepoint } from '../database/transaction.js';
import { Account } from './account.entity.js';
import { emailKey, loginIdKey, openLoginId } from './login-id.js';

const UNIQUE_VIOLATION = '23505';

type NewAccount = Omit<Insertable<Tables['accounts']>, 'login_id_key' | 'email_key'>;

/** @returns nothing when somebody has the login ID, or ever had it (reserved-login-id.sql) */
export async function insertAccount(
  em: EntityManager,
  account: NewAccount,
): Promise<string | undefined> {
  const inserted = await tryToInsert(em, account);
  if (inserted || !(await releaseUnproved(em, account.login_id))) return inserted;
  return tryToInsert(em, account);
}

/** Gives an account another login ID; false when somebody has it, or ever had it. */
export async function giveLoginId(
  em: EntityManager,
  id: string,
  loginId: string,
): Promise<boolean> {
  await releaseUnproved(em, loginId);
  const named = { loginId, loginIdKey: loginIdKey(loginId) };
  try {
    return (await inSavepoint(em, () => em.nativeUpdate(Account, { id }, named))) === 1;
  } catch (error) {
    if (codeOf(error) === UNIQUE_VIOLATION) return false;
    throw error;
  }
}

/** Somebody who proved the mailbox has it. */
export async function isLoginIdTaken(em: EntityManager, loginId: string): Promise<boolean> {
  const holder = { loginIdKey: loginIdKey(loginId), state: { $ne: 'registered' as const } };
  return (await em.count(Account, holder)) > 0;
}

async function tryToInsert(em: EntityManager, account: NewAccount): Promise<string | undefined> {
  const { login_id, email } = account;
  const inserted = await tables(em)
    .insertInto('accounts')
    .values({ ...account, login_id_key: loginIdKey(login_id), email_key: emailKey(email) })
    .onConflict((taken) => taken.column('login_id_key').doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted?.id;
}

/**
 * A registration that nobody proved holds no login ID, whichever the company: the newer one has it,
 * and whoever is proved first keeps it. It stays the wanted one of the other.
 */
async function releaseUnproved(em: EntityManager, loginId: string): Promise<boolean> {
  const unproved = { loginIdKey: loginIdKey(loginId), state: 'registered' as const };
  return (await em.nativeUpdate(Account, unproved, { loginIdKey: openLoginId() })) > 0;
}
