import { Module } from '@nestjs/common';
import { Limits } from './limits.js';
import { PostsOfClients } from './posts-of-clients.js';

@Module({
  providers: [Limits, PostsOfClients],
  exports: [Limits, PostsOfClients],
})
export class LimitsModule {}
