import { Module } from '@nestjs/common';
import { LimitsModule } from '../limits/limits.module.js';
import { MailModule } from '../mail/mail.module.js';
import { MailedLinks } from './mailed-links/mailed-links.js';
import { CompromisedPasswords } from './passwords/compromised-passwords.js';
import { NewPasswords } from './passwords/new-passwords.js';
import { PasswordRule } from './passwords/password-rule.js';
import { Passwords } from './passwords/passwords.js';
import { RefusedSources } from './passwords/refused-sources.js';
import { FactorDuties } from './second-factor/duty/factor-duties.js';
import { FactorMinimum } from './second-factor/duty/factor-minimum.js';
import { FactorChanges } from './second-factor/factor-changes.js';
import { FactorChecks } from './second-factor/factor-checks.js';
import { FactorSignIn } from './second-factor/factor-sign-in.js';
import { FactorController } from './second-factor/factor.controller.js';
import { Passkeys } from './second-factor/passkeys.js';
import { RecoveryCodes } from './second-factor/recovery-codes.js';
import { SecondFactors } from './second-factor/second-factors.js';
import { TotpOffers } from './second-factor/totp-offers.js';
import { EndedSessions } from './sessions/ended-sessions.js';
import { LastSeen } from './sessions/last-seen.js';
import { SessionController } from './sessions/session.controller.js';
import { Sessions } from './sessions/sessions.js';
import { AccountAccess } from './sign-in/account-access.js';
import { Candidates } from './sign-in/candidates.js';
import { ClosedAccounts } from './sign-in/closed-accounts.js';
import { Credentials } from './sign-in/credentials.js';
import { Devices } from './sign-in/devices.js';
import { FailingNetworks } from './sign-in/failing-networks.js';
import { LocalStrategy, LoginController } from './sign-in/login.controller.js';
import { OwnerRefusals } from './sign-in/owner-refusals.js';
import { PendingSignIns } from './sign-in/pending-sign-ins.js';
import { Refusals } from './sign-in/refusals.js';
import { SignIn } from './sign-in/sign-in.js';
import { WaitingTimes } from './sign-in/waiting-times.js';

const shared = [
  AccountAccess,
  Candidates,
  ClosedAccounts,
  CompromisedPasswords,
  Credentials,
  Devices,
  EndedSessions,
  FactorChanges,
  FactorChecks,
  FactorDuties,
  FactorMinimum,
  LastSeen,
  MailedLinks,
  NewPasswords,
  Passkeys,
  Passwords,
  RecoveryCodes,
  RefusedSources,
  SecondFactors,
  Sessions,
  SignIn,
  TotpOffers,
  WaitingTimes,
];

@Module({
  imports: [LimitsModule, MailModule],
  controllers: [LoginController, FactorController, SessionController],
  providers: [
    ...shared,
    FactorSignIn,
    FailingNetworks,
    LocalStrategy,
    OwnerRefusals,
    PasswordRule,
    PendingSignIns,
    Refusals,
  ],
  exports: shared,
})
export class AuthModule {}
