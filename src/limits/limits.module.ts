import { Module } from '@nestjs/common';
import { Limits } from './limits.js';
import { PostgresThrottlerStorage } from './postgres-throttler-storage.js';

@Module({
  providers: [Limits, PostgresThrottlerStorage],
  exports: [Limits, PostgresThrottlerStorage],
})
export class LimitsModule {}
