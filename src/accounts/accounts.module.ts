import { Module } from '@nestjs/common';
import { EmailChangesModule } from './email-changes/email-changes.module.js';
import { OwnModule } from './own/own.module.js';
import { TopController } from './top.controller.js';

@Module({ imports: [EmailChangesModule, OwnModule], controllers: [TopController] })
export class AccountsModule {}
