import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Passwords } from '../../auth/passwords/passwords.js';
import type { Source } from '../../auth/passwords/source.js';
import { codeOf } from '../../database/faults.js';
import { inSavepoint } from '../../database/transaction.js';
import { HOUR_SECONDS } from '../../durations.js';
import { Account } from '../../identity/account.entity.js';
import { isOpenLoginId, loginIdKey } from '../../identity/login-id.js';
import { Limits } from '../../limits/limits.js';

const UNIQUE_VIOLATION = '23505';
const TRIES_AN_HOUR = 10;

export type LoginIdRefusal = 'login-id-needed' | 'login-id-taken' | 'login-id-is-password';

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

  async choose(
    account: Account,
    chosen: string | undefined,
    source: Source,
  ): Promise<LoginIdRefusal | undefined> {
    if (!isOpenLoginId(account.loginId)) return undefined;
    if (!chosen) return 'login-id-needed';
    const key = `chosen-login-id:${account.id}`;
    const taken = await this.limits.take({ key, maximum: TRIES_AN_HOUR, seconds: HOUR_SECONDS });
    if (!taken.ok) return 'login-id-taken';
    const { passwordHash } = account;
    for (const form of new Set([chosen, loginIdKey(chosen)]))
      if (passwordHash && (await this.passwords.verify(passwordHash, form, source)))
        return 'login-id-is-password';
    return (await this.#give(account, chosen)) ? undefined : 'login-id-taken';
  }

  async #give({ id }: Account, loginId: string): Promise<boolean> {
    try {
      const named = { loginId, loginIdKey: loginIdKey(loginId) };
      await inSavepoint(this.em, () => this.em.nativeUpdate(Account, { id }, named));
      return true;
    } catch (error) {
      if (codeOf(error) === UNIQUE_VIOLATION) return false;
      throw error;
    }
  }
}
