import { Module } from '@nestjs/common';
import { ActivationMails } from './activation/activation-mails.js';
import { ActivationController } from './activation/activation.controller.js';
import { Activation } from './activation/activation.js';
import { Applicants } from './wizard/applicants.js';
import { Applications } from './wizard/applications.js';
import { CompletedController } from './wizard/completed.controller.js';
import { ConfirmationController } from './wizard/confirmation.controller.js';
import { DetailsController } from './wizard/details.controller.js';
import { EnrollmentFlow } from './wizard/enrollment-flow.js';
import { LegacyController } from './wizard/legacy.controller.js';
import { NumbersController } from './wizard/numbers.controller.js';
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
