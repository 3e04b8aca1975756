import { Module } from '@nestjs/common';
import { CompanyTurns } from './company-turns.js';
import { Limits } from './limits.js';
import { PostsOfClients } from './posts-of-clients.js';

@Module({
  providers: [CompanyTurns, Limits, PostsOfClients],
  exports: [CompanyTurns, Limits, PostsOfClients],
})
export class LimitsModule {}
