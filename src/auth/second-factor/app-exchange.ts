import { Injectable } from '@nestjs/common';
import { OwnAccountMails } from '../../mail/own-account-mails.js';
import type { SignedIn } from '../sessions/sessions.js';
import { FactorChange, type FactorChanged } from './factor-change.js';
import { SecondFactors } from './second-factors.js';
import { TotpOffers } from './totp-offers.js';

/** What `@FactorFor` calls it; it counts as long as the new key is shown (find-session.ts). */
export const APP_EXCHANGE = 'exchange';

/**
 * Another authenticator app takes the place of the one before, as on a new telephone. The account is
 * never without a factor: `second_factor_since` stays, and so does the link of a first factor, which
 * a thief could have set up and exchanged. Passkeys and recovery codes stay.
 */
@Injectable()
export class AppExchange {
  constructor(
    private readonly change: FactorChange,
    private readonly factors: SecondFactors,
    private readonly offers: TotpOffers,
    private readonly mails: OwnAccountMails,
  ) {}

  /** The old factor was given just before. @param code of the new app, which is used up */
  async by(person: SignedIn, code: string): Promise<FactorChanged> {
    return this.change.by(person, {
      act: 'second-factor-exchange',
      proves: 'factor',
      make: async ({ id: account }, now) => {
        if (!this.offers.isConfirmed(person, code, now)) return 'second-factor-wrong';
        if (!(await this.factors.removeTotp({ account }))) return 'changed-meanwhile';
        const { secret, step } = this.offers.confirm(person, code, now);
        await this.factors.addTotp({ account }, secret, step);
        return undefined;
      },
      tell: (to, facts) => this.mails.secondFactorExchanged(to, facts),
    });
  }
}
