import { Injectable } from '@nestjs/common';
import { HourlyCounts } from '../../audit/hourly-counts.js';
import type { Visit } from '../../web/visit.js';
import type { RefusedOwner } from '../sign-in/admission.js';
import { Credentials } from '../sign-in/credentials.js';
import { PendingSignIns } from '../sign-in/pending-sign-ins.js';
import { SignIn } from '../sign-in/sign-in.js';
import { RecoveryCodes } from './recovery-codes.js';
import type { Factor, EnteredFactor } from './second-factors.js';
import { FactorChecks, type FactorRefusal } from './factor-checks.js';

export type FactorSignedIn =
  | { ok: true; codesLeft: number | undefined }
  | FactorRefusal
  | RefusedOwner
  | { ok: false; reason: 'changed-meanwhile' };

/** The second half of a sign-in: the factor, then everything that may have changed since the password. */
@Injectable()
export class FactorSignIn {
  constructor(
    private readonly pending: PendingSignIns,
    private readonly checks: FactorChecks,
    private readonly credentials: Credentials,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly signIn: SignIn,
    private readonly counts: HourlyCounts,
  ) {}

  /**
   * The code and the session stand or fall together, and the account is held for both: a change of the
   * factors comes before, and ends the pending sign-in, or after, and ends the session.
   * @param trusts the browser is not asked again for 30 days
   */
  async finish(given: EnteredFactor, trusts: boolean, visit: Visit): Promise<FactorSignedIn> {
    const pending = await this.pending.find(visit);
    if (!pending) return { ok: false, reason: 'sign-in-over' };
    const { accountId } = pending;
    const answer = { ...given, ceremony: this.pending.cookieOf(visit) };
    let isOpen = false;
    const checked = await this.checks.check(accountId, answer, visit, {
      hold: () => this.pending.hold(pending),
      done: async (factor, device) => {
        await this.pending.end(pending);
        const proven = { ...pending, device, renewedHash: pending.passwordHash };
        isOpen = await this.signIn.openWithFactor(proven, visit, { factor, trusts });
      },
    });
    if (!checked.ok) return this.#refuse(accountId, checked, visit);
    this.pending.forget(visit);
    if (isOpen) return { ok: true, codesLeft: await this.#codesLeft(accountId, checked.factor) };
    const refused = await this.credentials.refusalNow(accountId, visit);
    return refused ?? { ok: false, reason: 'changed-meanwhile' };
  }

  /** Of the paper, where a code of it was used. */
  async #codesLeft(account: string, factor: Factor): Promise<number | undefined> {
    if (factor !== 'recovery-code') return undefined;
    return (await this.recoveryCodes.sheet({ account })).left;
  }

  async #refuse(accountId: string, refused: FactorRefusal, visit: Visit): Promise<FactorRefusal> {
    if (refused.reason === 'waiting') this.counts.add('sign-in', 'waiting', { accountId });
    if (refused.reason === 'second-factor-wrong')
      await this.credentials.failFactor(accountId, visit);
    return refused;
  }
}
