import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Passwords } from '../../auth/passwords/passwords.js';
import type { Source } from '../../limits/source.js';
import { HOUR_SECONDS } from '../../durations.js';
import type { Account } from '../../identity/account.entity.js';
import { isOpenLoginId, loginIdKey } from '../../identity/login-id.js';
import { giveLoginId, isLoginIdTaken } from '../../identity/login-ids.js';
import { Limits } from '../../limits/limits.js';

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
  async isNeeded({ loginIdKey: key, shownLoginId }: Account): Promise<boolean> {
    if (!isOpenLoginId(key)) return false;
    if (!shownLoginId) return true;
    return isLoginIdTaken(this.em, shownLoginId);
  }

  async choose(
    account: Account,
    chosen: string | undefined,
    source: Source,
  ): Promise<LoginIdRefusal | undefined> {
    if (!isOpenLoginId(account.loginIdKey)) return undefined;
    const { passwordHash, shownLoginId } = account;
    const wanted = chosen || shownLoginId;
    if (!wanted) return 'login-id-needed';
    const key = `chosen-login-id:${account.id}`;
    const taken = await this.limits.take({ key, maximum: TRIES_AN_HOUR, seconds: HOUR_SECONDS });
    if (!taken.ok) return 'login-id-taken';
    for (const form of new Set([wanted, loginIdKey(wanted)]))
      if (passwordHash && (await this.passwords.verify(passwordHash, form, source)))
        return 'login-id-is-password';
    return (await giveLoginId(this.em, account.id, wanted)) ? undefined : 'login-id-taken';
  }
}
