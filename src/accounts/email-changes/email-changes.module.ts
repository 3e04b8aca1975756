import { Module } from '@nestjs/common';
import { AdminEnrollmentModule } from '../../admin-enrollment/admin-enrollment.module.js';
import { AuthModule } from '../../auth/auth.module.js';
import { MailModule } from '../../mail/mail.module.js';
import { PasswordResetModule } from '../../password-reset/password-reset.module.js';
import { EmailChangeEnds } from './email-change-ends.js';
import { EmailChangeLinks } from './email-change-links.js';
import { EmailChanges } from './email-changes.js';
import { EmailHolders } from './email-holders.js';
import { EmailProofs } from './email-proofs.js';
import { PendingEmailChanges } from './pending-email-changes.js';
import { ProofController } from './proof.controller.js';
import { UndoController } from './undo.controller.js';

@Module({
  imports: [AuthModule, MailModule, AdminEnrollmentModule, PasswordResetModule],
  // The proof comes last, because its URL could be any.
  controllers: [UndoController, ProofController],
  providers: [
    EmailChangeEnds,
    EmailChangeLinks,
    EmailChanges,
    EmailHolders,
    EmailProofs,
    PendingEmailChanges,
  ],
  exports: [EmailChanges, PendingEmailChanges],
})
export class EmailChangesModule {}
