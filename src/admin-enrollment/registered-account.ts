import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { emailKey, loginIdKey } from '../identity/login-id.js';
import { sqlOne } from '../database/sql.js';
import type { Language } from '../web/texts.js';
import type { Applicant } from './wizard/applicants.js';

/** No login ID that people can choose has this in it. */
const OPEN = '?';

/** A login ID to begin with, where the wanted one is somebody else's: its owner chooses another one. */
export function openLoginId(): string {
  return `${OPEN}${randomUUID()}`;
}

export function isOpenLoginId(loginId: string): boolean {
  return loginId.startsWith(OPEN);
}

/**
 * Creates an administrator's account that waits for the proof of its mailbox, in the caller's
 * transaction.
 * @returns its id; undefined when the login ID is taken
 */
export async function createRegistered(
  em: EntityManager,
  corporationId: string,
  applicant: Applicant,
  language: Language,
): Promise<string | undefined> {
  const { name, nameKana, department, phone, email, loginId, passwordHash } = applicant;
  const created = await sqlOne<{ id: string }>(
    em,
    `insert into accounts (corporation_id, role, state, login_id, login_id_key, name, name_kana, department,
                           phone, email, email_key, password_hash, language)
     values ($1, 'administrator', 'registered', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (login_id_key) do nothing returning id`,
    [
      corporationId,
      loginId,
      loginIdKey(loginId),
      name,
      nameKana,
      department,
      phone,
      email,
      emailKey(email),
      passwordHash,
      language,
    ],
  );
  return created?.id;
}

/** Removes an account that never could act, in the caller's transaction. */
export async function removeUnstarted(em: EntityManager, accountId: string): Promise<void> {
  await sqlOne(
    em,
    `delete from accounts where id = $1 and (state = 'registered' or held_until > genkan_now())`,
    [accountId],
  );
}
