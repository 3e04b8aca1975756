import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { CasesModule } from '../cases/cases.module.js';
import { CorporationsModule } from '../corporations/corporations.module.js';
import { IpRestrictionModule } from '../ip-restriction/ip-restriction.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { LimitsModule } from '../limits/limits.module.js';
import { MailModule } from '../mail/mail.module.js';
import { Activation } from './activation/activation.js';
import { ActivationLinks } from './activation/activation-links.js';
import { ActivationMails } from './activation/activation-mails.js';
import { ActivationController } from './activation/activation.controller.js';
import { ChosenLoginId } from './activation/chosen-login-id.js';
import { NewcomerCodesController } from './activation/newcomer-codes.controller.js';
import { NewcomerEntries } from './activation/newcomer-entries.js';
import { NewcomerFactor } from './activation/newcomer-factor.js';
import { Outlooks } from './activation/outlook.js';
import { ReturnedActivations } from './activation/returned-activations.js';
import { ProvedApplications } from './activation/proved-applications.js';
import { AbandonedRegistrations } from './applications/abandoned-registrations.js';
import { ApplicationQueue } from './applications/application-queue.js';
import { BillingContacts } from './cases/billing-contacts.js';
import { CaseStart } from './applications/case-start.js';
import { Denials } from './applications/denials.js';
import { Enrollments } from './applications/enrollments.js';
import { GrantOutlooks } from './applications/grant-outlook.js';
import { MailedApplications } from './applications/mailed-applications.js';
import { MailedProof } from './applications/mailed-proof.js';
import { ReviewList } from './applications/review-list.js';
import { Reviews } from './applications/reviews.js';
import { CaseEnds } from './case-ends.js';
import { NewcomerActs } from './newcomer-acts.js';
import { CaseRules } from './case-rules.js';
import { CaseTurns } from './case-turns.js';
import { ClosedCompanies } from './closed-companies.js';
import { Appointments } from './cases/appointments.js';
import { ApprovalController } from './cases/approval.controller.js';
import { Approvals } from './cases/approvals.js';
import { CasesController } from './cases/cases.controller.js';
import { ClosedByCase } from './cases/closed-by-case.js';
import { CompanyCases } from './cases/company-cases.js';
import { CaseReports } from './cases/case-reports.js';
import { DeskDecisions } from './cases/desk-decisions.js';
import { UntoldCases } from './cases/untold-cases.js';
import { FactorWait } from './factor-wait.js';
import { ObjectionController } from './objections/objection.controller.js';
import { EntitledWitnesses } from './objections/entitled-witnesses.js';
import { Objections } from './objections/objections.js';
import { OwnCase } from './cases/own-case.js';
import { OwnCaseController } from './cases/own-case.controller.js';
import { ReviewBeginning } from './review-beginning.js';
import { Witnesses } from './witnesses.js';
import { ApplicationsProgress } from './wizard/application-progress.js';
import { Applications } from './wizard/applications.js';
import { CompletedController } from './wizard/completed.controller.js';
import { DenialController, MailedDenialController } from './wizard/denial.controller.js';
import { DetailsController } from './wizard/details.controller.js';
import { EnrollmentConfirmationController } from './wizard/enrollment-confirmation.controller.js';
import { EnrollmentNumbersController } from './wizard/enrollment-numbers.controller.js';
import { LegacyController } from './wizard/legacy.controller.js';
import { MailedApplicationController } from './wizard/mailed-application.controller.js';

@Module({
  imports: [
    AuthModule,
    CasesModule,
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
    // Before the pages whose last part is a mailed key.
    MailedDenialController,
    MailedApplicationController,
    DenialController,
    NewcomerCodesController,
    ActivationController,
    LegacyController,
    ObjectionController,
    OwnCaseController,
    CasesController,
    ApprovalController,
  ],
  providers: [
    AbandonedRegistrations,
    Activation,
    ActivationLinks,
    ActivationMails,
    ApplicationQueue,
    BillingContacts,
    Applications,
    ApplicationsProgress,
    Appointments,
    Approvals,
    CaseEnds,
    NewcomerActs,
    CaseRules,
    CaseStart,
    CaseTurns,
    ChosenLoginId,
    ClosedByCase,
    ClosedCompanies,
    CompanyCases,
    Denials,
    CaseReports,
    DeskDecisions,
    EntitledWitnesses,
    FactorWait,
    GrantOutlooks,
    Enrollments,
    MailedApplications,
    MailedProof,
    NewcomerEntries,
    NewcomerFactor,
    Objections,
    Outlooks,
    ReturnedActivations,
    OwnCase,
    ProvedApplications,
    ReviewBeginning,
    ReviewList,
    Reviews,
    UntoldCases,
    Witnesses,
  ],
  exports: [
    ActivationMails,
    Appointments,
    CaseRules,
    CaseReports,
    ClosedCompanies,
    CompanyCases,
    DeskDecisions,
    GrantOutlooks,
    ReviewList,
    Reviews,
    UntoldCases,
    Witnesses,
  ],
})
export class AdminEnrollmentModule {}
