import { Module } from '@nestjs/common';
import { AdminEnrollmentModule } from '../admin-enrollment/admin-enrollment.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { LimitsModule } from '../limits/limits.module.js';
import { MailModule } from '../mail/mail.module.js';
import { PasswordResetModule } from '../password-reset/password-reset.module.js';
import { AdministratorNews } from './top/administrator-news.js';
import { MemberChanges } from './changes/member-changes.js';
import { PeopleInCases } from './changes/people-in-cases.js';
import { MemberFactorController } from './changes/member-factor.controller.js';
import { MemberFactor } from './changes/member-factor.js';
import { MemberEmailController } from './changes/member-email.controller.js';
import { MemberController } from './changes/member.controller.js';
import { EmailChangeLinks } from './email-changes/email-change-links.js';
import { EmailChanges } from './email-changes/email-changes.js';
import { ProofController } from './email-changes/proof.controller.js';
import { UndoController } from './email-changes/undo.controller.js';
import { HandoverController } from './handover/handover.controller.js';
import { PeopleReviews } from './handover/people-reviews.js';
import { ReviewReminders } from './handover/review-reminders.js';
import { Acceptance } from './invitations/acceptance.js';
import { InvitationController } from './invitations/invitation.controller.js';
import { ImportConfirmationController } from './invitations/import/import-confirmation.controller.js';
import { ImportController } from './invitations/import/import.controller.js';
import { ImportAdvice } from './invitations/import/import-advice.js';
import { InvitationImports } from './invitations/import/invitation-imports.js';
import { Invitations } from './invitations/invitations.js';
import { IssuedInvitations } from './invitations/issued-invitations.js';
import { InvitationsController } from './invitations/invitations.controller.js';
import { InvitingController } from './invitations/inviting.controller.js';
import { OpenInvitations } from './invitations/open-invitations.js';
import { RegisteredMailboxes } from './invitations/registered-mailboxes.js';
import { Anonymisation } from './members/anonymisation.js';
import { Deletion } from './members/deletion.js';
import { DeletionController } from './members/deletion.controller.js';
import { Departments } from './members/list/departments.js';
import { ExportController } from './members/list/export.controller.js';
import { ListPages } from './members/list/list-pages.js';
import { ListController } from './members/list/list.controller.js';
import { MemberSignInsController } from './members/member-sign-ins.controller.js';
import { MasterDataNews } from './administrators/master-data-news.js';
import { NewAdministrators } from './administrators/new-administrators.js';
import { Members } from './members/members.js';
import { Restoration } from './members/restoration.js';
import { RestorationController } from './members/restoration.controller.js';
import { Suspension } from './members/suspension.js';
import { SuspensionController } from './members/suspension.controller.js';
import { FactorPolicies } from './security/factor-policies.js';
import { FactorReminders } from './security/factor-reminders.js';
import { PolicyController } from './security/policy.controller.js';
import { SecurityController } from './security/security.controller.js';
import { UnreadyPeople } from './security/unready-people.js';
import { OperatorNews } from './top/operator-news.js';
import { FactorNews } from './top/factor-news.js';
import { Overviews } from './top/overviews.js';
import { ChangePasswordController } from './own/change-password.controller.js';
import { EmailController } from './own/email.controller.js';
import { MeController } from './own/me.controller.js';
import { OwnAccount } from './own/own-account.js';
import { OwnLanguageController } from './own/own-language.controller.js';
import { PasswordChange } from './own/password-change.js';
import { PasswordController } from './own/password.controller.js';
import { ProfileController } from './own/profile.controller.js';
import { CodeRenewalController } from './own/second-factor/code-renewal.controller.js';
import { AppExchangeController } from './own/second-factor/exchange.controller.js';
import { PasskeysController } from './own/second-factor/passkeys.controller.js';
import { RecoveryCodesController } from './own/second-factor/recovery-codes.controller.js';
import { FactorRemovalController } from './own/second-factor/removal.controller.js';
import { SecondFactorController } from './own/second-factor/second-factor.controller.js';
import { TotpController } from './own/second-factor/totp.controller.js';
import { NewEnvironments } from './own/sign-ins/new-environments.js';
import { OwnSessions } from './own/sign-ins/own-sessions.js';
import { SessionsController } from './own/sign-ins/sessions.controller.js';
import { SignInReportController } from './own/sign-ins/sign-in-report.controller.js';
import { SignInsController } from './own/sign-ins/sign-ins.controller.js';
import { HalfSignIns } from './sign-ins/half-sign-ins.js';
import { SignInHistory } from './sign-ins/sign-in-history.js';
import { TopController } from './top/top.controller.js';

@Module({
  imports: [
    AdminEnrollmentModule,
    AuthModule,
    JobsModule,
    LimitsModule,
    MailModule,
    PasswordResetModule,
  ],
  controllers: [
    TopController,
    ListController,
    ExportController,
    DeletionController,
    InvitingController,
    // Before the invitations, any path below which is the id of one.
    ImportController,
    ImportConfirmationController,
    InvitationsController,
    HandoverController,
    RestorationController,
    SuspensionController,
    MemberEmailController,
    MemberFactorController,
    MemberSignInsController,
    // Any path below `/accounts` that none of those before know is a person's id.
    MemberController,
    InvitationController,
    // Of the two links, the proof comes last, because its URL could be any.
    UndoController,
    ProofController,
    SecurityController,
    PolicyController,
    MeController,
    ProfileController,
    EmailController,
    PasswordController,
    ChangePasswordController,
    OwnLanguageController,
    SecondFactorController,
    TotpController,
    AppExchangeController,
    PasskeysController,
    RecoveryCodesController,
    CodeRenewalController,
    FactorRemovalController,
    SessionsController,
    SignInsController,
    SignInReportController,
  ],
  providers: [
    Acceptance,
    AdministratorNews,
    Anonymisation,
    Deletion,
    Departments,
    EmailChangeLinks,
    EmailChanges,
    FactorPolicies,
    FactorReminders,
    HalfSignIns,
    ImportAdvice,
    InvitationImports,
    Invitations,
    IssuedInvitations,
    ListPages,
    MemberChanges,
    MemberFactor,
    MasterDataNews,
    NewAdministrators,
    Members,
    NewEnvironments,
    OpenInvitations,
    OperatorNews,
    FactorNews,
    Overviews,
    OwnAccount,
    OwnSessions,
    PasswordChange,
    PeopleInCases,
    PeopleReviews,
    RegisteredMailboxes,
    Restoration,
    ReviewReminders,
    SignInHistory,
    Suspension,
    UnreadyPeople,
  ],
  exports: [Anonymisation, Deletion, ListPages, Members, OperatorNews],
})
export class AccountsModule {}
