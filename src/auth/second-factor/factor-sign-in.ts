import { Injectable } from '@nestjs/common';
import { HourlyCounts } from '../../audit/hourly-counts.js';
import type { Visit } from '../../web/visit.js';
import type { RefusedOwner } from '../sign-in/admission.js';
import { Credentials } from '../sign-in/credentials.js';
import type { ProvenCredentials } from '../sign-in/credentials.js';
import { PendingSignIns, type PendingTry } from '../sign-in/pending-sign-ins.js';
import { SignIn } from '../sign-in/sign-in.js';
import { APP_EXCHANGE } from './app-exchange.js';
import { RecoveryCodes } from './recovery-codes.js';
import { isTotpCode, SecondFactors, type EnteredFactor } from './second-factors.js';
import { FactorChecks, type FactorRefusal } from './factor-checks.js';

type Used = { ok: true; isOpen: boolean; codesLeft?: number | undefined } | FactorRefusal;

type FactorSignedIn =
  | { ok: true; codesLeft: number | undefined }
  | FactorRefusal
  | (RefusedOwner & { codesLeft: number | undefined })
  | { ok: false; reason: 'changed-meanwhile' };

/** The second half of a sign-in: the factor, then everything that may have changed since the password. */
@Injectable()
export class FactorSignIn {
  constructor(
    private readonly pending: PendingSignIns,
    private readonly checks: FactorChecks,
    private readonly factors: SecondFactors,
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
    const tried = await this.pending.countTry(visit);
    if (!tried) return { ok: false, reason: 'sign-in-over' };
    const { accountId } = tried;
    const used =
      (await this.#useTotp(tried, given, trusts, visit)) ??
      (await this.#use(tried, given, trusts, visit));
    if (!used.ok) return this.#refuse(accountId, used, visit);
    this.pending.forget(visit);
    if (used.isOpen) return { ok: true, codesLeft: used.codesLeft };
    const refused = await this.credentials.refusalNow(accountId, visit);
    if (!refused) return { ok: false, reason: 'changed-meanwhile' };
    return { ...refused, codesLeft: used.codesLeft };
  }

  /**
   * What people do every morning is one statement. @returns undefined where nothing was done: the
   * general way tells why
   */
  async #useTotp(
    tried: PendingTry,
    { code, passkey }: EnteredFactor,
    trusts: boolean,
    visit: Visit,
  ): Promise<Used | undefined> {
    const { id, lane, sealedSecret, now, retryAfter } = tried;
    if (retryAfter || !sealedSecret || passkey !== '' || !isTotpCode(code)) return undefined;
    const step = this.factors.stepOf(sealedSecret, code, now);
    if (step === undefined) return undefined;
    const given = { factor: 'totp', trusts, uses: { signIn: id, step, lane } };
    const opened = await this.signIn.openWithTotp(provenBy(tried), visit, given);
    return opened.counts ? { ok: true, isOpen: opened.isOpen } : undefined;
  }

  async #use(
    tried: PendingTry,
    given: EnteredFactor,
    trusts: boolean,
    visit: Visit,
  ): Promise<Used> {
    const answer = { ...given, ceremony: this.pending.cookieOf(visit) };
    let isOpen = false;
    let codesLeft: number | undefined;
    const checked = await this.checks.judge(tried, answer, visit, {
      hold: () => this.pending.hold(tried),
      done: async (factor) => {
        await this.pending.end(tried);
        codesLeft = await this.recoveryCodes.leftAfter(factor, tried.accountId);
        // Nothing is left to give for another app, which alone leads out of this.
        const forAct = codesLeft === 0 ? APP_EXCHANGE : undefined;
        isOpen = await this.signIn.openWithFactor(provenBy(tried), visit, {
          factor,
          trusts,
          forAct,
        });
        return isOpen ? 'open' : 'refused';
      },
    });
    return checked.ok ? { ok: true, isOpen, codesLeft } : checked;
  }

  async #refuse(accountId: string, refused: FactorRefusal, visit: Visit): Promise<FactorRefusal> {
    if (refused.reason === 'waiting') this.counts.add('sign-in', 'waiting', { accountId });
    if (refused.reason === 'second-factor-wrong')
      await this.credentials.failFactor(accountId, visit);
    return refused;
  }
}

function provenBy({ device, ...pending }: PendingTry): ProvenCredentials {
  return { ...pending, device: device ?? undefined, renewedHash: pending.passwordHash };
}
