import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Passwords } from '../../auth/passwords/passwords.js';
import type { Source } from '../../limits/source.js';
import { codeOf } from '../../database/faults.js';
import { inSavepoint } from '../../database/transaction.js';
import { HOUR_SECONDS } from '../../durations.js';
import { Account } from '../../identity/account.entity.js';
import { isOpenLoginId, loginIdKey } from '../../identity/login-id.js';
import { Limits } from '../../limits/limits.js';
import { releaseUnproved } from '../registered-account.js';

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

  /** Not where the ID that was wanted at first is free, or held by nobody who proved anything. */
  async isNeeded({ loginIdKey: key, shownLoginId, corporation }: Account): Promise<boolean> {
    if (!isOpenLoginId(key)) return false;
    if (!shownLoginId) return true;
    const holder = { loginIdKey: loginIdKey(shownLoginId) };
    const unproved = { corporation: corporation.id, state: 'registered' as const };
    return (await this.em.count(Account, { ...holder, $not: unproved })) > 0;
  }

  async choose(
    account: Account,
    chosen: string | undefined,
    source: Source,
  ): Promise<LoginIdRefusal | undefined> {
    if (!isOpenLoginId(account.loginIdKey)) return undefined;
    const { passwordHash, corporation, shownLoginId } = account;
    const wanted = chosen || shownLoginId;
    if (!wanted) return 'login-id-needed';
    const key = `chosen-login-id:${account.id}`;
    const taken = await this.limits.take({ key, maximum: TRIES_AN_HOUR, seconds: HOUR_SECONDS });
    if (!taken.ok) return 'login-id-taken';
    for (const form of new Set([wanted, loginIdKey(wanted)]))
      if (passwordHash && (await this.passwords.verify(passwordHash, form, source)))
        return 'login-id-is-password';
    await releaseUnproved(this.em, corporation.id, wanted);
    return (await this.#give(account, wanted)) ? undefined : 'login-id-taken';
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
