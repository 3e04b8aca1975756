import { Module } from '@nestjs/common';
import { AdminEnrollmentModule } from '../../admin-enrollment/admin-enrollment.module.js';
import { AuthModule } from '../../auth/auth.module.js';
import { MailModule } from '../../mail/mail.module.js';
import { EmailChangesModule } from '../email-changes/email-changes.module.js';
import { MembersModule } from '../members/members.module.js';
import { EndedSignIns } from './ended-sign-ins.js';
import { MemberChanges } from './member-changes.js';
import { MemberEmailController } from './member-email.controller.js';
import { MemberController } from './member.controller.js';

/** Imported after every other page below `/accounts`: any path that they do not know is a person's id. */
@Module({
  imports: [AuthModule, MailModule, EmailChangesModule, MembersModule, AdminEnrollmentModule],
  controllers: [MemberEmailController, MemberController],
  providers: [EndedSignIns, MemberChanges],
})
export class ChangesModule {}
