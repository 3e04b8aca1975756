import { Module } from '@nestjs/common';
import { AdminEnrollmentModule } from '../admin-enrollment/admin-enrollment.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { CorporationsModule } from '../corporations/corporations.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { LimitsModule } from '../limits/limits.module.js';
import { MailModule } from '../mail/mail.module.js';
import { AccountController } from './account.controller.js';
import { CodeController } from './code.controller.js';
import { KnownReaders } from './known-readers.js';
import { MailedCodes } from './mailed-codes.js';
import { NewPasswordController } from './new-password.controller.js';
import { PasswordReset } from './password-reset.js';
import { Recoveries } from './recoveries.js';
import { RecoveryConfirmationController } from './recovery-confirmation.controller.js';
import { RecoveryFactorController } from './recovery-factor.controller.js';
import { RecoveryFactor } from './recovery-factor.js';
import { RecoveryFlow } from './recovery-flow.js';
import { RecoveryNumbersController } from './recovery-numbers.controller.js';
import { EndedRecoveries } from './ended-recoveries.js';
import { RecoveryRequests } from './recovery-requests.js';
import { RequestController } from './request.controller.js';

@Module({
  imports: [
    AuthModule,
    CorporationsModule,
    JobsModule,
    LimitsModule,
    MailModule,
    AdminEnrollmentModule,
  ],
  // The link's controller comes last, because its URL could be any.
  controllers: [
    RequestController,
    CodeController,
    AccountController,
    RecoveryFactorController,
    NewPasswordController,
    RecoveryConfirmationController,
    RecoveryNumbersController,
  ],
  providers: [
    KnownReaders,
    MailedCodes,
    PasswordReset,
    Recoveries,
    RecoveryFactor,
    RecoveryFlow,
    RecoveryRequests,
    EndedRecoveries,
  ],
  exports: [Recoveries, RecoveryRequests],
})
export class PasswordResetModule {}
