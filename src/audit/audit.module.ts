import { Global, Module } from '@nestjs/common';
import { JobsModule } from '../jobs/jobs.module.js';
import { Audit } from './audit.js';
import { HourlyCounts } from './hourly-counts.js';
import { LogRetention } from './log-retention.js';
import { LogSeals } from './seals/log-seals.js';
import { SealChecks } from './seals/seal-checks.js';

@Global()
@Module({
  imports: [JobsModule],
  providers: [Audit, HourlyCounts, LogRetention, LogSeals, SealChecks],
  exports: [Audit, HourlyCounts, LogRetention, LogSeals, SealChecks],
})
export class AuditModule {}
