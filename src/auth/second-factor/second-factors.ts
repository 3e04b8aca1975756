import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Config } from '../../config.js';
import { sqlNow } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import { openIfPossible, Seal } from '../../seal.js';
import { FactorRemovals } from './factor-removals.js';
import { Passkeys } from './passkeys.js';
import { RecoveryCodes } from './recovery-codes.js';
import { TotpSecret } from './totp-secret.entity.js';
import { stepsOf } from './totp.js';

/** As what it counted. */
export type Factor = 'totp' | 'recovery-code' | 'passkey';

/** The answer to a question for the factor: a passkey's, or else a code. */
export interface FactorAnswer {
  /** As `cleanPrintedCode` leaves it. */
  code: string;
  passkey: string;
  /** Names the question that a passkey answers (passkeys.ts). */
  ceremony: string;
}

/** The factors of accounts. What was typed is compared here, and nowhere else. */
@Injectable()
export class SecondFactors {
  readonly #seal: Seal;

  constructor(
    config: Config,
    private readonly em: EntityManager,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly passkeys: Passkeys,
    private readonly removals: FactorRemovals,
  ) {
    this.#seal = new Seal(config.keysFor('totp'));
  }

  async totpOf(account: string): Promise<TotpSecret | null> {
    return this.em.findOne(TotpSecret, { account }, { refresh: true });
  }

  /**
   * Uses an answer up, in the caller's transaction; of parallel callers with one code, one succeeds. A
   * factor that is used is not lost, so its removal ends.
   */
  async use(account: string, answer: FactorAnswer): Promise<Factor | undefined> {
    const factor = await this.#use(account, answer);
    if (factor) await this.removals.cancelByUse(account);
    return factor;
  }

  async #use(
    account: string,
    { code, passkey, ceremony }: FactorAnswer,
  ): Promise<Factor | undefined> {
    if (passkey !== '')
      return (await this.passkeys.use(account, passkey, ceremony)) ? 'passkey' : undefined;
    if (/^\d{6}$/.test(code)) return (await this.#useTotp(account, code)) ? 'totp' : undefined;
    return (await this.recoveryCodes.use(account, code)) ? 'recovery-code' : undefined;
  }

  /** The last step moves to the code's, so neither this code nor an older one counts again. */
  async #useTotp(account: string, code: string): Promise<boolean> {
    const totp = await tables(this.em)
      .selectFrom('totp_secrets')
      .select(['sealed_secret as sealedSecret', sqlNow.as('now')])
      .where('account_id', '=', account)
      .executeTakeFirst();
    const secret = totp && this.secretOf(totp);
    if (!secret) return false;
    const { now } = totp;
    const lastStep = stepsOf(secret, code, now).at(-1);
    if (lastStep === undefined) return false;
    const unused = { account, lastStep: { $lt: lastStep } };
    return (await this.em.nativeUpdate(TotpSecret, unused, { lastStep, lastUsedAt: now })) === 1;
  }

  /** Undefined for what a key sealed that is not known any more. */
  secretOf({ sealedSecret }: Pick<TotpSecret, 'sealedSecret'>): Buffer | undefined {
    const opened = openIfPossible<{ secret: string }>(this.#seal, sealedSecret);
    return opened && Buffer.from(opened.secret, 'base64');
  }

  /** In the caller's transaction. @param lastStep of the code that confirmed it */
  async addTotp(account: string, secret: Buffer, lastStep: number): Promise<void> {
    const sealedSecret = this.#seal.seal({ secret: secret.toString('base64') });
    await this.em.insert(TotpSecret, { account, sealedSecret, lastStep });
  }

  async removeTotp(account: string): Promise<boolean> {
    return (await this.em.nativeDelete(TotpSecret, { account })) === 1;
  }
}
