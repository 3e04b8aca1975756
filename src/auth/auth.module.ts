import { Module } from '@nestjs/common';
import { CasesModule } from '../cases/cases.module.js';
import { CorporationsModule } from '../corporations/corporations.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { LimitsModule } from '../limits/limits.module.js';
import { MailModule } from '../mail/mail.module.js';
import { FreshQuestionController } from './confirmation/fresh-question.controller.js';
import { FreshQuestion } from './confirmation/fresh-question.js';
import { CompanyProof } from './lost-factor/company-proof.js';
import { EnrolmentLinks } from './lost-factor/enrolment-links.js';
import { Enrolments } from './lost-factor/enrolments.js';
import { FactorEnrolmentController } from './lost-factor/factor-enrolment.controller.js';
import { FactorObjectionController } from './lost-factor/factor-objection.controller.js';
import { LossProofController } from './lost-factor/loss-proof.controller.js';
import { LossRequests } from './lost-factor/loss-requests.js';
import { LostFactorController } from './lost-factor/lost-factor.controller.js';
import { FactorTest } from './second-factor/factor-test.js';
import { WrongCodeNotices } from './second-factor/wrong-code-notices.js';
import { RemovalBeginning } from './lost-factor/removal-beginning.js';
import { RemovalNews } from './lost-factor/removal-news.js';
import { RemovalObjections } from './lost-factor/removal-objections.js';
import { RunningRemovalsController } from './lost-factor/running-removals.controller.js';
import { MailboxRecoveries } from './mailed-links/mailbox-recoveries.js';
import { MailedLinks } from './mailed-links/mailed-links.js';
import { SuspicionReports } from './mailed-links/suspicion-reports.js';
import { CompromisedPasswords } from './passwords/compromised-passwords.js';
import { NewPasswords } from './passwords/new-passwords.js';
import { PasswordRule } from './passwords/password-rule.js';
import { Passwords } from './passwords/passwords.js';
import { FactorDuties } from './second-factor/duty/factor-duties.js';
import { FactorMinimum } from './second-factor/duty/factor-minimum.js';
import { FactorChange } from './second-factor/factor-change.js';
import { CopiedPasskeys } from './second-factor/copied-passkeys.js';
import { AppExchange } from './second-factor/app-exchange.js';
import { FactorChanges } from './second-factor/factor-changes.js';
import { FactorChecks } from './second-factor/factor-checks.js';
import { FactorClearing } from './second-factor/factor-clearing.js';
import { FactorRemovals } from './second-factor/factor-removals.js';
import { FactorReportController } from './second-factor/factor-report.controller.js';
import { FactorSignIn } from './second-factor/factor-sign-in.js';
import { FactorController } from './second-factor/factor.controller.js';
import { PasskeyChanges } from './second-factor/passkey-changes.js';
import { Passkeys } from './second-factor/passkeys.js';
import { RecoveryCodes } from './second-factor/recovery-codes.js';
import { SecondFactors } from './second-factor/second-factors.js';
import { TotpOffers } from './second-factor/totp-offers.js';
import { EndedSessions } from './sessions/ended-sessions.js';
import { LastSeen } from './sessions/last-seen.js';
import { PlainUnknownPage } from './sessions/plain-unknown-page.js';
import { RefusedPages } from './sessions/refused-pages.js';
import { SessionController } from './sessions/session.controller.js';
import { Sessions } from './sessions/sessions.js';
import { AccountAccess } from './sign-in/account-access.js';
import { Candidates } from './sign-in/candidates.js';
import { ClosedAccounts } from './sign-in/closed-accounts.js';
import { ClosedController } from './sign-in/closed.controller.js';
import { Credentials } from './sign-in/credentials.js';
import { Devices } from './sign-in/devices.js';
import { FailingNetworks } from './sign-in/failing-networks.js';
import { LocalStrategy, LoginController } from './sign-in/login.controller.js';
import { OwnerRefusals } from './sign-in/owner-refusals.js';
import { PendingSignIns } from './sign-in/pending-sign-ins.js';
import { PlainLoginPage } from './sign-in/plain-login-page.js';
import { Refusals } from './sign-in/refusals.js';
import { SignIn } from './sign-in/sign-in.js';
import { UnfinishedSignIns } from './sign-in/unfinished-sign-ins.js';
import { WaitingTimes } from './sign-in/waiting-times.js';

const shared = [
  AccountAccess,
  AppExchange,
  Candidates,
  ClosedAccounts,
  CompromisedPasswords,
  Credentials,
  Devices,
  EndedSessions,
  FactorChanges,
  FactorChecks,
  FactorClearing,
  FactorDuties,
  FactorMinimum,
  FactorRemovals,
  FailingNetworks,
  FactorTest,
  FreshQuestion,
  LastSeen,
  MailboxRecoveries,
  MailedLinks,
  NewPasswords,
  PasskeyChanges,
  Passkeys,
  Passwords,
  RecoveryCodes,
  RefusedPages,
  RemovalBeginning,
  SecondFactors,
  Sessions,
  SignIn,
  SuspicionReports,
  TotpOffers,
  UnfinishedSignIns,
  WaitingTimes,
  WrongCodeNotices,
];

@Module({
  imports: [CasesModule, CorporationsModule, JobsModule, LimitsModule, MailModule],
  controllers: [
    LoginController,
    ClosedController,
    FactorController,
    FactorReportController,
    SessionController,
    FreshQuestionController,
    FactorObjectionController,
    FactorEnrolmentController,
    RunningRemovalsController,
    LostFactorController,
    // The link's controller comes last, because its URL could be any.
    LossProofController,
  ],
  providers: [
    ...shared,
    CompanyProof,
    CopiedPasskeys,
    EnrolmentLinks,
    Enrolments,
    FactorChange,
    FactorSignIn,
    LocalStrategy,
    LossRequests,
    OwnerRefusals,
    PasswordRule,
    PendingSignIns,
    PlainLoginPage,
    PlainUnknownPage,
    Refusals,
    RemovalNews,
    RemovalObjections,
  ],
  exports: shared,
})
export class AuthModule {}
