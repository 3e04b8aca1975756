import { Module } from '@nestjs/common';
import { Config } from '../config.js';
import { CompanyTurns } from './company-turns.js';
import { CounterPool } from './counter-pool.js';
import { EntranceTurns } from './entrance-turns.js';
import { HeavyPosts } from './heavy-posts.js';
import { Limits } from './limits.js';
import { PostsOfClients } from './posts-of-clients.js';

@Module({
  providers: [
    CompanyTurns,
    EntranceTurns,
    HeavyPosts,
    Limits,
    PostsOfClients,
    {
      provide: CounterPool,
      inject: [Config],
      useFactory: ({ databaseUrl, applicationName }: Config) =>
        new CounterPool(databaseUrl, applicationName),
    },
  ],
  exports: [CompanyTurns, HeavyPosts, Limits, PostsOfClients],
})
export class LimitsModule {}
