import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { CorporationsModule } from '../corporations/corporations.module.js';
import { IpRestrictionModule } from '../ip-restriction/ip-restriction.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { LimitsModule } from '../limits/limits.module.js';
import { MailModule } from '../mail/mail.module.js';
import { ActivationLinks } from './activation/activation-links.js';
import { ActivationMails } from './activation/activation-mails.js';
import { ActivationController } from './activation/activation.controller.js';
import { Activation } from './activation/activation.js';
import { ChosenLoginId } from './activation/chosen-login-id.js';
import { Enrollments } from './enrollments.js';
import { Probation } from './probation.js';
import { Registration } from './registration.js';
import { Reviews } from './reviews.js';
import { ApplicationQueue } from './succession/application-queue.js';
import { Approvals } from './succession/approvals.js';
import { CasesController } from './succession/cases.controller.js';
import { Cases } from './succession/cases.js';
import { DeskCases } from './succession/desk-cases.js';
import { DeskDecisions } from './succession/desk-decisions.js';
import { Freeze } from './succession/freeze.js';
import { NewcomerCase } from './succession/newcomer-case.js';
import { ObjectionLinks } from './succession/objection-links.js';
import { ObjectionNews } from './succession/objection-news.js';
import { ObjectionController } from './succession/objection.controller.js';
import { Objections } from './succession/objections.js';
import { Outcomes } from './succession/outcomes.js';
import { OwnCaseController } from './succession/own-case.controller.js';
import { ProbationUndo } from './succession/probation-undo.js';
import { SuccessionStart } from './succession/succession-start.js';
import { Succession } from './succession/succession.js';
import { WaitingApplications } from './succession/waiting-applications.js';
import { Witnesses } from './succession/witnesses.js';
import { Applicants } from './wizard/applicants.js';
import { Applications } from './wizard/applications.js';
import { CompletedController } from './wizard/completed.controller.js';
import { DetailsController } from './wizard/details.controller.js';
import { EnrollmentConfirmationController } from './wizard/enrollment-confirmation.controller.js';
import { EnrollmentFlow } from './wizard/enrollment-flow.js';
import { EnrollmentNumbersController } from './wizard/enrollment-numbers.controller.js';
import { LegacyController } from './wizard/legacy.controller.js';

@Module({
  imports: [
    AuthModule,
    CorporationsModule,
    IpRestrictionModule,
    JobsModule,
    LimitsModule,
    MailModule,
  ],
  controllers: [
    EnrollmentNumbersController,
    DetailsController,
    EnrollmentConfirmationController,
    CompletedController,
    ActivationController,
    LegacyController,
    ObjectionController,
    OwnCaseController,
    CasesController,
  ],
  providers: [
    Activation,
    ActivationLinks,
    ActivationMails,
    Applicants,
    ApplicationQueue,
    Applications,
    Approvals,
    Cases,
    ChosenLoginId,
    DeskCases,
    DeskDecisions,
    EnrollmentFlow,
    Enrollments,
    Freeze,
    NewcomerCase,
    ObjectionLinks,
    ObjectionNews,
    Objections,
    Outcomes,
    Probation,
    ProbationUndo,
    Registration,
    Reviews,
    Succession,
    SuccessionStart,
    WaitingApplications,
    Witnesses,
  ],
  exports: [ActivationMails, Cases, DeskCases, DeskDecisions, Probation, Reviews],
})
export class AdminEnrollmentModule {}
