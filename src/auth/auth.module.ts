import { Global, Module } from '@nestjs/common';
import { AccountAccess } from './account-access.js';
import { CompromisedPasswords } from './compromised-passwords.js';
import { Candidates } from './candidates.js';
import { Credentials } from './credentials.js';
import { Devices } from './devices.js';
import { HashRoom } from './hash-room.js';
import { LastSeen } from './last-seen.js';
import { LocalStrategy } from './local.strategy.js';
import { LoginController } from './login.controller.js';
import { NewPasswords } from './new-passwords.js';
import { PasswordConfirmation } from './password-confirmation.js';
import { PasswordRule } from './password-rule.js';
import { Passwords } from './passwords.js';
import { RefusedSources } from './refused-sources.js';
import { Sessions } from './sessions.js';
import { SignIn } from './sign-in.js';
import { SignOut } from './sign-out.js';
import { Tickets } from './tickets.js';
import { UnfinishedSignIns } from './unfinished-sign-ins.js';
import { WaitingTimes } from './waiting-times.js';

@Global()
@Module({
  controllers: [LoginController],
  providers: [
    AccountAccess,
    Candidates,
    Credentials,
    Devices,
    CompromisedPasswords,
    HashRoom,
    LastSeen,
    LocalStrategy,
    NewPasswords,
    PasswordConfirmation,
    PasswordRule,
    Passwords,
    RefusedSources,
    Sessions,
    SignIn,
    SignOut,
    Tickets,
    UnfinishedSignIns,
    WaitingTimes,
  ],
  exports: [
    AccountAccess,
    Credentials,
    Devices,
    CompromisedPasswords,
    LastSeen,
    NewPasswords,
    PasswordConfirmation,
    Passwords,
    RefusedSources,
    Sessions,
    Tickets,
    UnfinishedSignIns,
  ],
})
export class AuthModule {}
