import { Module } from '@nestjs/common';
import { OpenTasks } from './open-tasks.js';
import { TopController } from './top.controller.js';

@Module({ controllers: [TopController], providers: [OpenTasks] })
export class AccountsModule {}
