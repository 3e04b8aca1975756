import { Module } from '@nestjs/common';
import { AdministratorNews } from './administrator-news.js';
import { EmailChangesModule } from './email-changes/email-changes.module.js';
import { OpenTasks } from './open-tasks.js';
import { OwnModule } from './own/own.module.js';
import { TopController } from './top.controller.js';

@Module({
  imports: [EmailChangesModule, OwnModule],
  controllers: [TopController],
  providers: [AdministratorNews, OpenTasks],
})
export class AccountsModule {}
