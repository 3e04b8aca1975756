import { Module } from '@nestjs/common';
import { AuthModule } from '../../auth/auth.module.js';
import { DeskBrowsers } from './desk-browsers.js';
import { DeskCredentials } from './desk-credentials.js';
import { DeskFactorController } from './desk-factor.controller.js';
import { DeskLoginController } from './desk-login.controller.js';
import { DeskSessionController } from './desk-session.controller.js';
import { DeskSessions } from './desk-sessions.js';
import { DeskSignIn } from './desk-sign-in.js';

/** Who is signed in at the desk: nothing of it knows the customers' sign-in. */
@Module({
  imports: [AuthModule],
  controllers: [DeskLoginController, DeskFactorController, DeskSessionController],
  providers: [DeskBrowsers, DeskCredentials, DeskSessions, DeskSignIn],
  exports: [DeskBrowsers, DeskCredentials, DeskSessions],
})
export class DeskSignInModule {}
