import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { Source } from '../../auth/fair-admission.js';
import { Passwords } from '../../auth/passwords.js';
import { sql, sqlOne } from '../../database/sql.js';
import { codeOf, inSavepoint } from '../../database/transaction.js';
import { HOUR_SECONDS } from '../../durations.js';
import { loginIdKey } from '../../identity/login-id.js';
import { Limits } from '../../limits/limits.js';
import { isOpenLoginId } from '../registered-account.js';

const UNIQUE_VIOLATION = '23505';

export type LoginIdRefusal = 'login-id-needed' | 'login-id-taken' | 'login-id-is-password';

interface Owner {
  loginId: string;
  name: string;
  nameKana: string;
  email: string;
  passwordHash: string;
}

/**
 * The login ID of somebody whose wanted one was taken. It is chosen behind the mailed link, so that
 * only a proved mailbox hears which ones exist, and not many of them.
 */
@Injectable()
export class ChosenLoginId {
  constructor(
    private readonly em: EntityManager,
    private readonly passwords: Passwords,
    private readonly limits: Limits,
  ) {}

  /** Gives it to the account in the caller's transaction; undefined when nothing stands against it. */
  async choose(
    accountId: string,
    chosen: string | undefined,
    source: Source,
  ): Promise<LoginIdRefusal | undefined> {
    const owner = await this.#find(accountId);
    if (!owner || !isOpenLoginId(owner.loginId)) return undefined;
    if (!chosen) return 'login-id-needed';
    const key = `chosen-login-id:${accountId}`;
    const taken = await this.limits.take({ key, maximum: 10, seconds: HOUR_SECONDS });
    if (!taken.ok) return 'login-id-taken';
    for (const form of new Set([chosen, loginIdKey(chosen)]))
      if (await this.passwords.verify(owner.passwordHash, form, source))
        return 'login-id-is-password';
    return (await this.#give(accountId, chosen)) ? undefined : 'login-id-taken';
  }

  async #give(accountId: string, chosen: string): Promise<boolean> {
    const values = [accountId, chosen, loginIdKey(chosen)];
    try {
      await inSavepoint(this.em, () =>
        sql(this.em, 'update accounts set login_id = $2, login_id_key = $3 where id = $1', values),
      );
      return true;
    } catch (error) {
      if (codeOf(error) === UNIQUE_VIOLATION) return false;
      throw error;
    }
  }

  #find(accountId: string): Promise<Owner | undefined> {
    return sqlOne<Owner>(
      this.em,
      `select login_id as "loginId", name, name_kana as "nameKana", email,
              password_hash as "passwordHash"
       from accounts where id = $1 and state = 'registered'`,
      [accountId],
    );
  }
}
