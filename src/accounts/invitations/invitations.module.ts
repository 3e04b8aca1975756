import { Module } from '@nestjs/common';
import { AdminEnrollmentModule } from '../../admin-enrollment/admin-enrollment.module.js';
import { AuthModule } from '../../auth/auth.module.js';
import { LimitsModule } from '../../limits/limits.module.js';
import { MailModule } from '../../mail/mail.module.js';
import { Acceptance } from './acceptance.js';
import { InvitationController } from './invitation.controller.js';
import { InvitationsController } from './invitations.controller.js';
import { Invitations } from './invitations.js';
import { InvitingController } from './inviting.controller.js';
import { OpenInvitations } from './open-invitations.js';

@Module({
  imports: [AdminEnrollmentModule, AuthModule, LimitsModule, MailModule],
  controllers: [InvitingController, InvitationsController, InvitationController],
  providers: [Acceptance, Invitations, OpenInvitations],
})
export class InvitationsModule {}
