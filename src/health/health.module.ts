import { Module } from '@nestjs/common';
import { Config } from '../config.js';
import { DatabaseProbe } from './database-probe.js';
import { Drain } from './drain.js';
import { Health } from './health.js';

@Module({
  providers: [
    Drain,
    Health,
    {
      provide: DatabaseProbe,
      inject: [Config],
      useFactory: ({ databaseUrl }: Config) => new DatabaseProbe(databaseUrl),
    },
  ],
})
export class HealthModule {}
