import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Config } from '../../config.js';
import { databaseNow } from '../../database/clock.js';
import { MINUTE_MS } from '../../durations.js';
import { Cookie } from '../../web/cookies.js';
import type { Visit } from '../../web/visit.js';
import { codesOf, hashesOfCode, storedCodes } from '../printed-codes.js';
import { newSecret } from '../secrets.js';
import { idOfOwner, ownerOf, type FactorOwner, type FactorVisitor } from './factor-owner.js';
import { RecoveryCode } from './recovery-code.entity.js';

const CODES = 10;

/** So many and fewer are worth a word. */
export const FEW_CODES = 3;

/** How long the browser that made them can still show them. */
const SHOWN_FOR_MS = 30 * MINUTE_MS;

/** Of one owner, all made at once. */
interface RecoverySheet {
  /** Names the sheet in forms; empty where there is none. */
  id: string;
  left: number;
  issuedAt: Date | undefined;
  /** Made with a key that is being exchanged: they work as long as it is given. */
  isOfFormerKey: boolean;
}

/**
 * リカバリーコード: one-time codes on paper. Only keyed hashes are stored. New codes follow from a
 * secret that only the browser holds in which they were made, for half an hour, and in the session in
 * which they were: no later one of that browser shows them. Newcomers have no session yet.
 */
@Injectable()
export class RecoveryCodes {
  readonly #cookie = Cookie.untilSignOut('recovery-codes', SHOWN_FOR_MS);
  readonly #keys: Buffer[];

  constructor(
    private readonly config: Config,
    private readonly em: EntityManager,
  ) {
    this.#keys = config.keysFor('recovery-codes');
  }

  async sheet(owner: FactorOwner): Promise<RecoverySheet> {
    const codes = await this.em.find(RecoveryCode, owner, { disableIdentityMap: true });
    const issuedAt = codes[0]?.createdAt;
    const left = codes.filter(({ usedAt }) => !usedAt).length;
    const isOfFormerKey = codes.some(({ secretKey }) => secretKey !== this.config.keyFingerprint);
    return { id: issuedAt?.toISOString() ?? '', left, issuedAt, isOfFormerKey };
  }

  /** How many are left to somebody who gave one of them; undefined behind another factor. */
  async leftAfter(factor: string, account: string): Promise<number | undefined> {
    return factor === 'recovery-code' ? (await this.sheet({ account })).left : undefined;
  }

  /** The usable ones, in the browser and session that made them. */
  async shown(visitor: FactorVisitor): Promise<string[]> {
    const owner = ownerOf(visitor);
    const [secret, madeIn = ''] = this.#cookie.read(visitor.visit)?.split('.') ?? [];
    if (secret === undefined || (madeIn !== '' && madeIn !== visitor.sessionId)) return [];
    const unused = { ...owner, usedAt: null };
    const codes = await this.em.find(RecoveryCode, unused, { disableIdentityMap: true });
    const stored = codes.map(({ codeHash }) => codeHash);
    return storedCodes(codesOf(secret + idOfOwner(owner), CODES), stored, this.#keys);
  }

  hide(visit: Visit): void {
    this.#cookie.clear(visit);
  }

  /**
   * Makes ten in the caller's transaction; those from before count no more.
   * @param by in whose browser, and session if there is one, they can be shown
   */
  async issue(owner: FactorOwner, by?: Pick<FactorVisitor, 'visit' | 'sessionId'>): Promise<void> {
    await this.removeAll(owner);
    const secret = newSecret();
    const createdAt = await databaseNow(this.em);
    const secretKey = this.config.keyFingerprint;
    const codes = codesOf(secret + idOfOwner(owner), CODES).map((code) => ({
      ...owner,
      codeHash: hashesOfCode(this.#keys, code)[0]!,
      secretKey,
      createdAt,
    }));
    await this.em.insertMany(RecoveryCode, codes);
    if (by) this.#cookie.set(by.visit, `${secret}.${by.sessionId ?? ''}`);
  }

  async removeAll(owner: FactorOwner): Promise<void> {
    await this.em.nativeDelete(RecoveryCode, owner);
  }

  /** Uses a code up, in the caller's transaction; of parallel callers one succeeds. */
  async use(owner: FactorOwner, code: string): Promise<boolean> {
    const unused = { ...owner, codeHash: { $in: hashesOfCode(this.#keys, code) }, usedAt: null };
    const usedAt = await databaseNow(this.em);
    return (await this.em.nativeUpdate(RecoveryCode, unused, { usedAt })) === 1;
  }
}
