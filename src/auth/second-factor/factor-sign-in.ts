import { Injectable } from '@nestjs/common';
import { HourlyCounts } from '../../audit/hourly-counts.js';
import type { Visit } from '../../web/visit.js';
import type { RefusedOwner } from '../sign-in/admission.js';
import { Credentials } from '../sign-in/credentials.js';
import { Devices } from '../sign-in/devices.js';
import { PendingSignIns, type Pending } from '../sign-in/pending-sign-ins.js';
import { SignIn, type GivenFactor } from '../sign-in/sign-in.js';
import { FactorChecks, type FactorRefusal } from './factor-checks.js';
import { SecondFactors, type Factor } from './second-factors.js';

/** The answer of a passkey, or else a code. */
interface Given {
  passkey: string;
  code: string;
}

export type FactorSignedIn =
  { ok: true } | FactorRefusal | RefusedOwner | { ok: false; reason: 'changed-meanwhile' };

/** The second half of a sign-in: the factor, then everything that may have changed since the password. */
@Injectable()
export class FactorSignIn {
  constructor(
    private readonly pending: PendingSignIns,
    private readonly checks: FactorChecks,
    private readonly factors: SecondFactors,
    private readonly credentials: Credentials,
    private readonly devices: Devices,
    private readonly signIn: SignIn,
    private readonly counts: HourlyCounts,
  ) {}

  /** @param trusts the browser is not asked again for 30 days */
  async finish(given: Given, trusts: boolean, visit: Visit): Promise<FactorSignedIn> {
    const pending = await this.pending.find(visit);
    if (!pending) return { ok: false, reason: 'sign-in-over' };
    const { accountId } = pending;
    const checked = await this.checks.check(
      accountId,
      () => this.#use(accountId, given, visit),
      visit,
      {
        hold: () => this.pending.hold(pending),
        done: () => this.pending.end(pending, visit),
      },
    );
    if (!checked.ok) {
      if (checked.reason === 'waiting') this.counts.add('sign-in', 'waiting', { accountId });
      if (checked.reason === 'second-factor-wrong')
        await this.credentials.failFactor(accountId, visit);
      return checked;
    }
    const refused = await this.credentials.refusalNow(accountId, visit);
    return refused ?? this.#open(pending, { factor: checked.factor, trusts }, visit);
  }

  /** The challenge of a passkey follows from the cookie, so it is for this pending sign-in alone. */
  #use(accountId: string, { code, passkey }: Given, visit: Visit): Promise<Factor | undefined> {
    if (passkey === '') return this.factors.use(accountId, code);
    return this.factors.usePasskey(accountId, passkey, this.pending.cookieOf(visit));
  }

  async #open(
    { accountId, loginIdKey, passwordHash }: Pending,
    given: GivenFactor,
    visit: Visit,
  ): Promise<FactorSignedIn> {
    const device = await this.devices.recognise(accountId, visit);
    const proven = { accountId, loginIdKey, device, passwordHash, renewedHash: passwordHash };
    if (await this.signIn.open(proven, visit, given)) return { ok: true };
    return { ok: false, reason: 'changed-meanwhile' };
  }
}
