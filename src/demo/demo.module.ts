import { Module } from '@nestjs/common';
import { MailModule } from '../mail/mail.module.js';
import { DemoController } from './demo.controller.js';
import { Mailbox } from './mailbox.js';

@Module({
  imports: [MailModule],
  controllers: [DemoController],
  providers: [Mailbox],
})
export class DemoModule {}
