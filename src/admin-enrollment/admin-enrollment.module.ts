import { Module } from '@nestjs/common';
import { ActivationMails } from './activation-mails.js';
import { ActivationController } from './activation.controller.js';
import { Activation } from './activation.js';
import { Applicants } from './applicants.js';
import { Applications } from './applications.js';
import { CompletedController } from './completed.controller.js';
import { ConfirmationController } from './confirmation.controller.js';
import { DetailsController } from './details.controller.js';
import { EnrollmentFlow } from './enrollment-flow.js';
import { LegacyController } from './legacy.controller.js';
import { NumbersController } from './numbers.controller.js';
import { Probation } from './probation.js';
import { Registration } from './registration.js';
import { Reviews } from './reviews.js';

@Module({
  controllers: [
    NumbersController,
    DetailsController,
    ConfirmationController,
    CompletedController,
    ActivationController,
    LegacyController,
  ],
  providers: [
    Activation,
    ActivationMails,
    Applicants,
    Applications,
    EnrollmentFlow,
    Probation,
    Registration,
    Reviews,
  ],
  exports: [ActivationMails, Probation, Reviews],
})
export class AdminEnrollmentModule {}
