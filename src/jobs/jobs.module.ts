import { Module } from '@nestjs/common';
import { CleanUp } from './clean-up.js';
import { Jobs } from './jobs.js';

@Module({ providers: [CleanUp, Jobs], exports: [CleanUp, Jobs] })
export class JobsModule {}
