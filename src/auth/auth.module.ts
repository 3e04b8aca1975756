import { Module } from '@nestjs/common';
import { LimitsModule } from '../limits/limits.module.js';
import { MailedLinks } from './mailed-links/mailed-links.js';
import { CompromisedPasswords } from './passwords/compromised-passwords.js';
import { NewPasswords } from './passwords/new-passwords.js';
import { PasswordRule } from './passwords/password-rule.js';
import { Passwords } from './passwords/passwords.js';
import { RefusedSources } from './passwords/refused-sources.js';
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
import { PlainLoginPage } from './sign-in/plain-login-page.js';
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
  LastSeen,
  MailedLinks,
  NewPasswords,
  Passwords,
  RefusedSources,
  Sessions,
  SignIn,
  WaitingTimes,
];

@Module({
  imports: [LimitsModule],
  controllers: [LoginController, SessionController],
  providers: [...shared, FailingNetworks, LocalStrategy, PasswordRule, PlainLoginPage, Refusals],
  exports: shared,
})
export class AuthModule {}
