import { Module } from '@nestjs/common';
import { EmailChangesModule } from './email-changes/email-changes.module.js';
import { OpenTasks } from './open-tasks.js';
import { TopController } from './top.controller.js';

@Module({
  imports: [EmailChangesModule],
  controllers: [TopController],
  providers: [OpenTasks],
})
export class AccountsModule {}
