import { Module } from '@nestjs/common';
import { AuthModule } from '../../auth/auth.module.js';
import { JobsModule } from '../../jobs/jobs.module.js';
import { MailModule } from '../../mail/mail.module.js';
import { PasswordResetModule } from '../../password-reset/password-reset.module.js';
import { EmailChangesModule } from '../email-changes/email-changes.module.js';
import { ChangePasswordController } from './change-password.controller.js';
import { EmailController } from './email.controller.js';
import { MeController } from './me.controller.js';
import { OwnAccount } from './own-account.js';
import { OwnLanguageController } from './own-language.controller.js';
import { PasswordChange } from './password-change.js';
import { PasswordController } from './password.controller.js';
import { ProfileController } from './profile.controller.js';
import { NewEnvironments } from './sign-ins/new-environments.js';
import { OwnSessions } from './sign-ins/own-sessions.js';
import { SessionsController } from './sign-ins/sessions.controller.js';
import { SignInHistory } from './sign-ins/sign-in-history.js';
import { SignInReportController } from './sign-ins/sign-in-report.controller.js';
import { SignInReports } from './sign-ins/sign-in-reports.js';
import { SignInsController } from './sign-ins/sign-ins.controller.js';

@Module({
  imports: [AuthModule, JobsModule, MailModule, EmailChangesModule, PasswordResetModule],
  controllers: [
    ChangePasswordController,
    EmailController,
    MeController,
    OwnLanguageController,
    PasswordController,
    ProfileController,
    SessionsController,
    SignInReportController,
    SignInsController,
  ],
  providers: [
    NewEnvironments,
    OwnAccount,
    OwnSessions,
    PasswordChange,
    SignInHistory,
    SignInReports,
  ],
})
export class OwnModule {}
