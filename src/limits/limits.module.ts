import { Module } from '@nestjs/common';
import { Config } from '../config.js';
import { CompanyTurns } from './company-turns.js';
import { CounterPool } from './counter-pool.js';
import { EntranceTurns } from './entrance-turns.js';
import { HeavyWork } from './heavy-work.js';
import { Limits } from './limits.js';
import { PostsOfClients } from './posts-of-clients.js';

@Module({
  providers: [
    CompanyTurns,
    EntranceTurns,
    HeavyWork,
    Limits,
    PostsOfClients,
    {
      provide: CounterPool,
      inject: [Config],
      useFactory: ({ databaseUrl, applicationName }: Config) =>
        new CounterPool(databaseUrl, applicationName),
    },
  ],
  exports: [CompanyTurns, HeavyWork, Limits, PostsOfClients],
})
export class LimitsModule {}
