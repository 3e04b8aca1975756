import { Module } from '@nestjs/common';
import { CleanUp } from './clean-up.js';
import { JobRunners } from './job-runners.js';
import { Jobs } from './jobs.js';

@Module({ providers: [CleanUp, JobRunners, Jobs], exports: [CleanUp, JobRunners, Jobs] })
export class JobsModule {}
