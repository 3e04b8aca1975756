import { Module } from '@nestjs/common';
import { AccountsModule } from '../../accounts/accounts.module.js';
import { ContentController } from './content.controller.js';
import { OperatorContents } from './operator-contents.js';

@Module({
  imports: [AccountsModule],
  controllers: [ContentController],
  providers: [OperatorContents],
})
export class ContentModule {}
