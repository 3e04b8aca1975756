import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Config } from '../../config.js';
import { databaseNow, sqlNow } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import type { Visit } from '../../web/visit.js';
import { openIfPossible, Seal } from '../../seal.js';
import { CopiedPasskeys } from './copied-passkeys.js';
import { idOfOwner, type FactorOwner } from './factor-owner.js';
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

/** What was entered in answer to it. */
export type EnteredFactor = Omit<FactorAnswer, 'ceremony'>;

/** The factors of accounts and of the desk's people. What was typed is compared here, and nowhere else. */
@Injectable()
export class SecondFactors {
  readonly #seal: Seal;

  constructor(
    config: Config,
    private readonly em: EntityManager,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly passkeys: Passkeys,
    private readonly removals: FactorRemovals,
    private readonly copies: CopiedPasskeys,
  ) {
    this.#seal = new Seal(config.keysFor('totp'));
  }

  async totpOf(owner: FactorOwner): Promise<TotpSecret | null> {
    return this.em.findOne(TotpSecret, owner, { refresh: true });
  }

  /**
   * Uses an answer up, in the caller's transaction; of parallel callers with one code, one succeeds. A
   * factor that is used is not lost, so its removal ends.
   * @param visit of an account's owner
   */
  async use(owner: FactorOwner, answer: FactorAnswer, visit?: Visit): Promise<Factor | undefined> {
    const factor = await this.#use(owner, answer, visit);
    if (factor && 'account' in owner) await this.removals.cancelAsNotLost(owner.account, visit);
    return factor;
  }

  async #use(
    owner: FactorOwner,
    { code, passkey, ceremony }: FactorAnswer,
    visit?: Visit,
  ): Promise<Factor | undefined> {
    if (passkey !== '') return this.#usePasskey(owner, passkey, ceremony, visit);
    if (isTotpCode(code)) return (await this.#useTotp(owner, code)) ? 'totp' : undefined;
    return (await this.recoveryCodes.use(owner, code)) ? 'recovery-code' : undefined;
  }

  async #usePasskey(
    owner: FactorOwner,
    answer: string,
    ceremony: string,
    visit?: Visit,
  ): Promise<Factor | undefined> {
    const used = await this.passkeys.use(owner, answer, ceremony);
    if (used === 'copied' && 'account' in owner)
      await this.copies.tell(
        owner.account,
        (await this.passkeys.thatAnswered(owner, answer))!,
        visit,
      );
    return used === 'right' ? 'passkey' : undefined;
  }

  /** The last step moves to the code's, so neither this code nor an older one counts again. */
  async #useTotp(owner: FactorOwner, code: string): Promise<boolean> {
    const totp = await tables(this.em)
      .selectFrom('totp_secrets')
      .select(['sealed_secret as sealedSecret', sqlNow.as('now')])
      .where('account' in owner ? 'account_id' : 'operator_id', '=', idOfOwner(owner))
      .executeTakeFirst();
    if (!totp) return false;
    const { now } = totp;
    const lastStep = this.stepOf(totp.sealedSecret, code, now);
    if (lastStep === undefined) return false;
    const unused = { ...owner, lastStep: { $lt: lastStep } };
    return (await this.em.nativeUpdate(TotpSecret, unused, { lastStep, lastUsedAt: now })) === 1;
  }

  /** The newest step around a moment whose code it is; undefined for a wrong code. */
  stepOf(sealedSecret: Uint8Array, code: string, moment: Date): number | undefined {
    const secret = this.secretOf({ sealedSecret });
    return secret && stepsOf(secret, code, moment).at(-1);
  }

  /** Undefined for what a key sealed that is not known any more. */
  secretOf({ sealedSecret }: Pick<TotpSecret, 'sealedSecret'>): Buffer | undefined {
    const opened = openIfPossible<{ secret: string }>(this.#seal, sealedSecret);
    return opened && Buffer.from(opened.secret, 'base64');
  }

  /** In the caller's transaction. @param lastStep of the code that confirmed it; 0 for none */
  async addTotp(owner: FactorOwner, secret: Buffer, lastStep: number): Promise<void> {
    const sealedSecret = this.#seal.seal({ secret: secret.toString('base64') });
    const lastUsedAt = lastStep === 0 ? null : await databaseNow(this.em);
    await this.em.insert(TotpSecret, { ...owner, sealedSecret, lastStep, lastUsedAt });
  }

  async removeTotp(owner: FactorOwner): Promise<boolean> {
    return (await this.em.nativeDelete(TotpSecret, owner)) === 1;
  }
}

/** By its form: codes of the paper are longer. */
export function isTotpCode(code: string): boolean {
  return /^\d{6}$/.test(code);
}
