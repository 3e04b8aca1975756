import { Module } from '@nestjs/common';
import { AdminEnrollmentModule } from '../admin-enrollment/admin-enrollment.module.js';
import { AccountController } from './account.controller.js';
import { CodeController } from './code.controller.js';
import { ConfirmationController } from './confirmation.controller.js';
import { LinkController } from './link.controller.js';
import { NewPasswordController } from './new-password.controller.js';
import { NumbersController } from './numbers.controller.js';
import { PasswordReset } from './password-reset.js';
import { RecoveryDoor } from './recovery-door.js';
import { RecoveryFlow } from './recovery-flow.js';
import { RecoveryFulfilment } from './recovery-fulfilment.js';
import { RecoveryLink } from './recovery-link.js';
import { RecoveryRequests } from './recovery-requests.js';
import { RecoveryTickets } from './recovery-tickets.js';
import { RequestController } from './request.controller.js';

@Module({
  imports: [AdminEnrollmentModule],
  // In the manual's order; the link comes last, because its URL could be any.
  controllers: [
    RequestController,
    CodeController,
    NumbersController,
    AccountController,
    NewPasswordController,
    ConfirmationController,
    LinkController,
  ],
  providers: [
    PasswordReset,
    RecoveryDoor,
    RecoveryFlow,
    RecoveryFulfilment,
    RecoveryLink,
    RecoveryRequests,
    RecoveryTickets,
  ],
  exports: [RecoveryRequests, RecoveryTickets],
})
export class PasswordResetModule {}
