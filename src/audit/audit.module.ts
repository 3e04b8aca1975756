import { Global, Module } from '@nestjs/common';
import { Audit } from './audit.js';
import { HourlyCounts } from './hourly-counts.js';

@Global()
@Module({ providers: [Audit, HourlyCounts], exports: [Audit, HourlyCounts] })
export class AuditModule {}
