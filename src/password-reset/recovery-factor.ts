import { Injectable } from '@nestjs/common';
import { FactorChecks, type FactorChecked } from '../auth/second-factor/factor-checks.js';
import { Passkeys } from '../auth/second-factor/passkeys.js';
import type { EnteredFactor } from '../auth/second-factor/second-factors.js';
import { Credentials } from '../auth/sign-in/credentials.js';
import { Flows } from '../web/flows.js';
import type { Visit } from '../web/visit.js';
import { RecoveryFlow, type RecoveryRun } from './recovery-flow.js';

/**
 * The second factor of the account that is recovered, asked between the numbers and the new password:
 * mailbox and numbers replace the password alone. Its waits are
 * those of the sign-in, with counters of its own.
 */
@Injectable()
export class RecoveryFactor {
  constructor(
    private readonly flow: RecoveryFlow,
    private readonly flows: Flows,
    private readonly checks: FactorChecks,
    private readonly passkeys: Passkeys,
    private readonly credentials: Credentials,
  ) {}

  /** For the browser; undefined without a passkey. */
  async passkeyOptions(run: RecoveryRun): Promise<string | undefined> {
    const ceremony = await this.#ceremonyOf(run);
    return this.passkeys.questionOptions({ account: run.entries.accountId! }, ceremony);
  }

  async prove(run: RecoveryRun, given: EnteredFactor, visit: Visit): Promise<FactorChecked> {
    const accountId = run.entries.accountId!;
    const answer = { ...given, ceremony: await this.#ceremonyOf(run) };
    let giveCookie: (() => void) | undefined;
    const checked = await this.checks.check(accountId, answer, visit, {
      inRecovery: true,
      hold: () => this.flow.holdForFactor(run),
      done: async () => {
        const provedFactor = (await this.flow.missingFactor(run))!;
        await this.flow.remember(run, { provedFactor });
        giveCookie = await this.flows.renew(run, visit);
        return 'recovery';
      },
    });
    if (checked.ok) giveCookie?.();
    if (!checked.ok && checked.reason === 'second-factor-wrong')
      await this.credentials.failFactor(accountId, visit, 'password-reset');
    return checked;
  }

  /**
   * A run belongs to one browser and gives a factor once, and once more after it changed, so an answer is
   * of no use elsewhere or again.
   */
  async #ceremonyOf(run: RecoveryRun): Promise<string> {
    return `recovery ${run.id} ${await this.flow.missingFactor(run)}`;
  }
}
