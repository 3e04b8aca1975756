import { Module } from '@nestjs/common';
import { AdminEnrollmentModule } from '../../admin-enrollment/admin-enrollment.module.js';
import { AuthModule } from '../../auth/auth.module.js';
import { MailModule } from '../../mail/mail.module.js';
import { PasswordResetModule } from '../../password-reset/password-reset.module.js';
import { EmailChangeLinks } from './email-change-links.js';
import { EmailChanges } from './email-changes.js';
import { ProofController } from './proof.controller.js';
import { UndoController } from './undo.controller.js';

@Module({
  imports: [AdminEnrollmentModule, AuthModule, MailModule, PasswordResetModule],
  // The proof comes last, because its URL could be any.
  controllers: [UndoController, ProofController],
  providers: [EmailChangeLinks, EmailChanges],
  exports: [EmailChanges],
})
export class EmailChangesModule {}
