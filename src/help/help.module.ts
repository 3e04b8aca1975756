import { Module } from '@nestjs/common';
import { LimitsModule } from '../limits/limits.module.js';
import { MailModule } from '../mail/mail.module.js';
import { Answers } from './answers.js';
import { ContactController } from './contact.controller.js';
import { Contacts } from './contacts.js';
import { HelpController } from './help.controller.js';

@Module({
  imports: [LimitsModule, MailModule],
  controllers: [HelpController, ContactController],
  providers: [Answers, Contacts],
})
export class HelpModule {}
