import { Module } from '@nestjs/common';
import { LimitsModule } from '../limits/limits.module.js';
import { AccountAccess } from './account-access.js';
import { Candidates } from './candidates.js';
import { CompromisedPasswords } from './compromised-passwords.js';
import { Credentials } from './credentials.js';
import { Devices } from './devices.js';
import { HashRoom } from './hash-room.js';
import { LastSeen } from './last-seen.js';
import { LocalStrategy, LoginController } from './login.controller.js';
import { MailedLinks } from './mailed-links.js';
import { NewPasswords } from './new-passwords.js';
import { PasswordConfirmation } from './password-confirmation.js';
import { PasswordRule } from './password-rule.js';
import { Passwords } from './passwords.js';
import { RefusedSources } from './refused-sources.js';
import { Sessions } from './sessions.js';
import { SignIn } from './sign-in.js';
import { WaitingTimes } from './waiting-times.js';

@Module({
  imports: [LimitsModule],
  controllers: [LoginController],
  providers: [
    AccountAccess,
    Candidates,
    CompromisedPasswords,
    Credentials,
    Devices,
    HashRoom,
    LastSeen,
    LocalStrategy,
    MailedLinks,
    NewPasswords,
    PasswordConfirmation,
    PasswordRule,
    Passwords,
    RefusedSources,
    Sessions,
    SignIn,
    WaitingTimes,
  ],
  exports: [
    AccountAccess,
    CompromisedPasswords,
    Credentials,
    Devices,
    HashRoom,
    LastSeen,
    MailedLinks,
    NewPasswords,
    PasswordConfirmation,
    Passwords,
    RefusedSources,
    Sessions,
    SignIn,
    WaitingTimes,
  ],
})
export class AuthModule {}
