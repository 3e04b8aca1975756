import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { AdminEnrollmentModule } from '../admin-enrollment/admin-enrollment.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { CasesModule } from '../cases/cases.module.js';
import { CorporationsModule } from '../corporations/corporations.module.js';
import { LogModule } from '../log/log.module.js';
import { MailModule } from '../mail/mail.module.js';
import { IpRestrictionModule } from '../ip-restriction/ip-restriction.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { LimitsModule } from '../limits/limits.module.js';
import { PasswordResetModule } from '../password-reset/password-reset.module.js';
import { AccountActController } from './accounts/account-act.controller.js';
import { AccountActs } from './accounts/account-acts.js';
import { AccountMails } from './accounts/account-mails.js';
import { AccountReports } from './accounts/account-reports.js';
import { DeskAccountController } from './accounts/account.controller.js';
import { AnswerController } from './cases/answers/answer.controller.js';
import { CaseAnswering } from './cases/answers/case-answering.js';
import { CaseDigests } from './cases/digest/case-digests.js';
import { CaseClosingController } from './cases/closing/closing.controller.js';
import { CaseDecisionController } from './cases/decisions/case-decision.controller.js';
import { CaseDecisions } from './cases/decisions/case-decisions.js';
import { CaseOpening } from './cases/opening/case-opening.js';
import { NewCaseController } from './cases/opening/new-case.controller.js';
import { CaseHistory } from './cases/case-history.js';
import { CasePages } from './cases/case-page.js';
import { CaseLists } from './cases/case-lists.js';
import { CaseMails } from './cases/subjects/case-mails.js';
import { CaseSubjects } from './cases/subjects/case-subjects.js';
import { CaseWork } from './cases/case-work.js';
import { SuccessionFacts } from './cases/subjects/succession-facts.js';
import { DeskCaseController } from './cases/desk-case.controller.js';
import { DeskCasesController } from './cases/desk-cases.controller.js';
import { CorporationActController } from './corporations/corporation-act.controller.js';
import { CorporationClosing } from './corporations/corporation-closing.js';
import { CorporationReports } from './corporations/corporation-reports.js';
import { CorporationController } from './corporations/corporation.controller.js';
import { DeskViews } from './desk-views.js';
import { CaseLooks } from './diagnosis/case-looks.js';
import { ColleagueLooks } from './diagnosis/colleagues.js';
import { SignInLooks } from './diagnosis/sign-in-looks.js';
import { DoorLooks } from './diagnosis/door-facts.js';
import { InvitedPeople } from './diagnosis/invited-people.js';
import { CaseSearch } from './search/case-search.js';
import { DeskSearch } from './search/desk-search.js';
import { FoundPeople } from './search/found-people.js';
import { DeskSearchController } from './search/search.controller.js';
import { AskedActs } from './own/asked-acts.js';
import { DeskConfirmationController } from './own/confirmation.controller.js';
import { DeskMeController } from './own/desk-me.controller.js';
import { DeskOwnCodesController } from './own/desk-own-codes.controller.js';
import { DeskOwnFactorController } from './own/desk-own-factor.controller.js';
import { DeskOwnAppController, DeskOwnPasskeyController } from './own/new-own-factor.controller.js';
import { DeskPasswordController } from './own/desk-password.controller.js';
import { OwnSignIn } from './own/own-sign-in.js';
import { FirstWords } from './people/first-words.js';
import { OperatorAccess } from './people/operator-access.js';
import { OperatorController } from './people/operator.controller.js';
import { OperatorsController } from './people/operators.controller.js';
import { Operators } from './people/operators.js';
import { OperatorSetUp } from './set-up/operator-set-up.js';
import { SetUpCodesController } from './set-up/set-up-codes.controller.js';
import { SetUpController, SetUpLinkController } from './set-up/set-up.controller.js';
import { SetUpFactorController } from './set-up/set-up-factor.controller.js';
import { DeskSignInModule } from './sign-in/desk-sign-in.module.js';
import { DeskTopController } from './top/desk-top.controller.js';

/** 担当窓口: what the operator's people see and do, on pages and by commands. */
@Module({
  imports: [
    DeskSignInModule,
    AuthModule,
    CasesModule,
    CorporationsModule,
    LogModule,
    MailModule,
    LimitsModule,
    AdminEnrollmentModule,
    PasswordResetModule,
    IpRestrictionModule,
    JobsModule,
    AccountsModule,
  ],
  controllers: [
    DeskTopController,
    DeskCasesController,
    NewCaseController,
    CaseClosingController,
    AnswerController,
    CaseDecisionController,
    DeskCaseController,
    DeskSearchController,
    DeskAccountController,
    AccountActController,
    CorporationController,
    CorporationActController,
    DeskConfirmationController,
    DeskMeController,
    DeskPasswordController,
    DeskOwnFactorController,
    DeskOwnAppController,
    DeskOwnPasskeyController,
    DeskOwnCodesController,
    OperatorsController,
    OperatorController,
    SetUpController,
    SetUpFactorController,
    SetUpCodesController,
    // The link's controller comes last, because its URL could be any.
    SetUpLinkController,
  ],
  providers: [
    AskedActs,
    AccountActs,
    AccountMails,
    AccountReports,
    CaseAnswering,
    CaseDecisions,
    CaseDigests,
    CaseHistory,
    CaseLists,
    CaseOpening,
    CaseMails,
    CasePages,
    CaseSearch,
    CaseSubjects,
    CaseWork,
    CorporationClosing,
    CorporationReports,
    DeskSearch,
    FoundPeople,
    InvitedPeople,
    DeskViews,
    DoorLooks,
    CaseLooks,
    ColleagueLooks,
    SignInLooks,
    FirstWords,
    OperatorAccess,
    OperatorSetUp,
    Operators,
    OwnSignIn,
    SuccessionFacts,
  ],
})
export class DeskModule {}
