import { Global, Module } from '@nestjs/common';
import { JobsModule } from '../jobs/jobs.module.js';
import { Audit } from './audit.js';
import { HourlyCounts } from './hourly-counts.js';

@Global()
@Module({
  imports: [JobsModule],
  providers: [Audit, HourlyCounts],
  exports: [Audit, HourlyCounts],
})
export class AuditModule {}
