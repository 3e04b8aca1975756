import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { HourlyCounts } from '../../audit/hourly-counts.js';
import { Passwords } from '../../auth/passwords/passwords.js';
import { knownSource, type Source } from '../../limits/source.js';
import type { Visit } from '../../web/visit.js';
import type { Newcomer } from './newcomer-needs.js';
import { HOUR_SECONDS } from '../../durations.js';
import type { Account } from '../../identity/account.entity.js';
import { isOpenLoginId, loginIdKey } from '../../identity/login-id.js';
import { giveLoginId, isLoginIdTaken } from '../../identity/login-ids.js';
import { Limits } from '../../limits/limits.js';

const TRIES_AN_HOUR = 10;

const EXHAUSTED = 'login-id-exhausted';

export type LoginIdRefusal =
  'login-id-needed' | 'login-id-taken' | 'login-id-is-password' | 'changed-meanwhile';

export interface LoginIdsExhausted {
  ok: false;
  reason: typeof EXHAUSTED;
  retryAfter: number;
}

/** A login ID that may be tried. */
export interface ComparedLoginId {
  ok: true;
  wanted: string;
  /** The one that it was compared with. */
  passwordHash: string | undefined;
  isPassword: boolean;
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
    private readonly counts: HourlyCounts,
  ) {}

  /** Not where the ID that was wanted at first is free, or held by nobody who proved anything. */
  async isNeeded({ loginIdKey: key, shownLoginId }: Account): Promise<boolean> {
    if (!isOpenLoginId(key)) return false;
    if (!shownLoginId) return true;
    return isLoginIdTaken(this.em, shownLoginId);
  }

  /**
   * Counts a login ID that is tried, and compares it with the password: up to two hashes, so nothing is
   * held meanwhile.
   * @returns undefined where there is nothing to try
   */
  async compare(
    newcomer: Newcomer,
    chosen: string | undefined,
    visit: Visit,
  ): Promise<ComparedLoginId | LoginIdsExhausted | undefined> {
    const { account } = newcomer;
    const wanted = wantedBy(newcomer, chosen);
    if (!isOpenLoginId(account.loginIdKey) || !wanted) return undefined;
    const key = `chosen-login-id:${account.id}`;
    const taken = await this.limits.take({ key, maximum: TRIES_AN_HOUR, seconds: HOUR_SECONDS });
    if (!taken.ok) {
      this.counts.add('activation', EXHAUSTED, { accountId: account.id });
      return { ok: false, reason: EXHAUSTED, retryAfter: taken.retryAfter };
    }
    const passwordHash = account.passwordHash || undefined;
    const source = knownSource(`activation ${account.id}`, visit);
    const isPassword =
      passwordHash !== undefined && (await this.#fits(passwordHash, wanted, source));
    return { ok: true, wanted, passwordHash, isPassword };
  }

  /** In the transaction that holds the account. @param compared what is known of it since before */
  async choose(
    newcomer: Newcomer,
    chosen: string | undefined,
    compared: ComparedLoginId | undefined,
  ): Promise<LoginIdRefusal | undefined> {
    const { account } = newcomer;
    const wanted = wantedBy(newcomer, chosen);
    if (!isOpenLoginId(account.loginIdKey)) return undefined;
    if (!wanted) return 'login-id-needed';
    const passwordHash = account.passwordHash || undefined;
    if (compared?.wanted !== wanted || compared.passwordHash !== passwordHash)
      return 'changed-meanwhile';
    if (compared.isPassword) return 'login-id-is-password';
    return (await giveLoginId(this.em, account.id, wanted)) ? undefined : 'login-id-taken';
  }

  async #fits(passwordHash: string, wanted: string, source: Source): Promise<boolean> {
    for (const form of new Set([wanted, loginIdKey(wanted)]))
      if (await this.passwords.verify(passwordHash, form, source)) return true;
    return false;
  }
}

/** The one that was wanted at first, where it is free; '' where none is known that could be given. */
function wantedBy({ account, needs }: Newcomer, chosen: string | undefined): string {
  return chosen || (needs.loginId ? '' : account.shownLoginId);
}
