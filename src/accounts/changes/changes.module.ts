import { Module } from '@nestjs/common';
import { AdminEnrollmentModule } from '../../admin-enrollment/admin-enrollment.module.js';
import { AuthModule } from '../../auth/auth.module.js';
import { MailModule } from '../../mail/mail.module.js';
import { EmailChangesModule } from '../email-changes/email-changes.module.js';
import { EndedSignIns } from './ended-sign-ins.js';
import { MemberChanges } from './member-changes.js';
import { MemberEmailController } from './member-email.controller.js';
import { MemberController } from './member.controller.js';
import { MembersDetails } from './members-details.js';

/** Imported after every other page below `/accounts`: what they do not know is the id of a person. */
@Module({
  imports: [AuthModule, MailModule, AdminEnrollmentModule, EmailChangesModule],
  controllers: [MemberEmailController, MemberController],
  providers: [EndedSignIns, MemberChanges, MembersDetails],
})
export class ChangesModule {}
