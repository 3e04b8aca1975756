import { Module } from '@nestjs/common';
import { CasesModule } from '../cases/cases.module.js';
import { JobsModule } from '../jobs/jobs.module.js';
import { LimitsModule } from '../limits/limits.module.js';
import { MailModule } from '../mail/mail.module.js';
import { Answers } from './answers.js';
import { ContactController } from './contact.controller.js';
import { ContactReceipts } from './contact-receipts.js';
import { Contacts } from './contacts.js';
import { KeptQuestions } from './kept-questions.js';
import { HelpController } from './help.controller.js';

@Module({
  imports: [CasesModule, JobsModule, LimitsModule, MailModule],
  controllers: [HelpController, ContactController],
  providers: [Answers, ContactReceipts, Contacts, KeptQuestions],
})
export class HelpModule {}
