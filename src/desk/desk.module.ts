import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { AdminEnrollmentModule } from '../admin-enrollment/admin-enrollment.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { MailModule } from '../mail/mail.module.js';
import { AccountActs } from './account-acts.js';
import { AccountReports } from './account-reports.js';
import { CorporationClosing } from './corporation-closing.js';
import { Operators } from './operators.js';

/** 担当窓口: what the operator's people see and do, by commands. */
@Module({
  imports: [AuthModule, MailModule, AdminEnrollmentModule, AccountsModule],
  providers: [AccountActs, AccountReports, CorporationClosing, Operators],
})
export class DeskModule {}
