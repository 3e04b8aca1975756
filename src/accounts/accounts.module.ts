import { Module } from '@nestjs/common';
import { TopController } from './top.controller.js';

@Module({ controllers: [TopController] })
export class AccountsModule {}
