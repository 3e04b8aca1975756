import { Global, Module } from '@nestjs/common';
import { JobsModule } from '../jobs/jobs.module.js';
import { Audit } from './audit.js';
import { HourlyCounts } from './hourly-counts.js';
import { LogRetention } from './log-retention.js';
import { RefusedRequests } from './refused-requests.js';
import { LogSeals } from './seals/log-seals.js';
import { SealChecks } from './seals/seal-checks.js';

@Global()
@Module({
  imports: [JobsModule],
  providers: [Audit, HourlyCounts, LogRetention, RefusedRequests, LogSeals, SealChecks],
  exports: [Audit, HourlyCounts, LogRetention, RefusedRequests, LogSeals, SealChecks],
})
export class AuditModule {}
