import { Global, Module } from '@nestjs/common';
import { JobsModule } from '../jobs/jobs.module.js';
import { AuditExport } from './audit-export.js';
import { Audit } from './audit.js';
import { HourlyCounts } from './hourly-counts.js';
import { LogRetention } from './log-retention.js';

@Global()
@Module({
  imports: [JobsModule],
  providers: [Audit, AuditExport, HourlyCounts, LogRetention],
  exports: [Audit, AuditExport, HourlyCounts, LogRetention],
})
export class AuditModule {}
