import { Module } from '@nestjs/common';
import { AccountsModule } from '../../accounts/accounts.module.js';
import { MailModule } from '../../mail/mail.module.js';
import { ContentController } from './content.controller.js';
import { OperatorContents } from './operator-contents.js';
import { OwnPages } from './own-pages.js';

@Module({
  imports: [AccountsModule, MailModule],
  controllers: [ContentController],
  providers: [OperatorContents, OwnPages],
})
export class ContentModule {}
