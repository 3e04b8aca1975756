import { Global, Module } from '@nestjs/common';
import { JobsModule } from '../jobs/jobs.module.js';
import { Audit } from './audit.js';
import { HourlyCounts } from './hourly-counts.js';
import { LogRetention } from './log-retention.js';

@Global()
@Module({
  imports: [JobsModule],
  providers: [Audit, HourlyCounts, LogRetention],
  exports: [Audit, HourlyCounts, LogRetention],
})
export class AuditModule {}
