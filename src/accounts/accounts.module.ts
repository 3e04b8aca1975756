import { Module } from '@nestjs/common';
import { AdminEnrollmentModule } from '../admin-enrollment/admin-enrollment.module.js';
import { TopController } from './top.controller.js';

@Module({ imports: [AdminEnrollmentModule], controllers: [TopController] })
export class AccountsModule {}
