import { Module } from '@nestjs/common';
import { AdminEnrollmentModule } from '../../admin-enrollment/admin-enrollment.module.js';
import { AuthModule } from '../../auth/auth.module.js';
import { JobsModule } from '../../jobs/jobs.module.js';
import { MailModule } from '../../mail/mail.module.js';
import { PasswordResetModule } from '../../password-reset/password-reset.module.js';
import { Anonymisation } from './anonymisation.js';
import { DeletionController } from './deletion.controller.js';
import { Deletion } from './deletion.js';
import { ExportController } from './list/export.controller.js';
import { ListPages } from './list/list-pages.js';
import { ListController } from './list/list.controller.js';
import { Members } from './members.js';
import { RestorationController } from './restoration.controller.js';
import { Restoration } from './restoration.js';
import { SuspensionController } from './suspension.controller.js';
import { Suspension } from './suspension.js';

/** 担当者情報変更: the list of a company's people, and the end of an account with its way back. */
@Module({
  imports: [AuthModule, JobsModule, MailModule, AdminEnrollmentModule, PasswordResetModule],
  controllers: [
    ListController,
    ExportController,
    DeletionController,
    RestorationController,
    SuspensionController,
  ],
  providers: [Anonymisation, Deletion, ListPages, Members, Restoration, Suspension],
  exports: [Anonymisation, Deletion, Members],
})
export class MembersModule {}
