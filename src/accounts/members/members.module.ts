import { Module } from '@nestjs/common';
import { AdminEnrollmentModule } from '../../admin-enrollment/admin-enrollment.module.js';
import { MemberMails } from '../../mail/member-mails.js';
import { PasswordResetModule } from '../../password-reset/password-reset.module.js';
import { AccountEnd } from './deletion/account-end.js';
import { DeletionController } from './deletion/deletion.controller.js';
import { DeletionPages } from './deletion/deletion-pages.js';
import { Deletion } from './deletion/deletion.js';
import { Farewell } from './deletion/farewell.js';
import { ListController } from './list/list.controller.js';
import { MemberPages } from './list/member-pages.js';
import { Members } from './members.js';

/** 担当者情報変更: the list of a company's people, and the end of an account. */
@Module({
  imports: [AdminEnrollmentModule, PasswordResetModule],
  controllers: [ListController, DeletionController],
  providers: [AccountEnd, Deletion, DeletionPages, Farewell, MemberMails, MemberPages, Members],
  exports: [Members],
})
export class MembersModule {}
