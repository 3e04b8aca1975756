import { Injectable, type ExecutionContext } from '@nestjs/common';
import {
  ThrottlerGuard,
  type ThrottlerLimitDetail,
  type ThrottlerModuleOptions,
} from '@nestjs/throttler';
import type { Response } from 'express';
import { MINUTE_MS } from '../durations.js';
import type { VisitedRequest } from '../web/visit.js';
import type { PostsOfClients } from './posts-of-clients.js';

/** Far more than the busiest office sends and the machine can hash: only floods meet it. */
const POSTS_OF_A_CLIENT = 12_000;

/** The limit at the edge, for posts alone: pages are cheap. */
@Injectable()
export class PostsGuard extends ThrottlerGuard {
  protected override shouldSkip(context: ExecutionContext): Promise<boolean> {
    const { method } = context.switchToHttp().getRequest<VisitedRequest>();
    return Promise.resolve(method !== 'POST');
  }
}

export function throttlers(storage: PostsOfClients): ThrottlerModuleOptions {
  return {
    storage,
    throttlers: [{ name: 'default', ttl: MINUTE_MS, limit: POSTS_OF_A_CLIENT }],
    getTracker: (request) => (request as VisitedRequest).visit.client,
    generateKey: (_context, tracker) => tracker,
    // The headers of every other post would cost more than the count.
    setHeaders: false,
    errorMessage: refusal,
  };
}

function refusal(context: ExecutionContext, { timeToBlockExpire }: ThrottlerLimitDetail): string {
  context.switchToHttp().getResponse<Response>().setHeader('Retry-After', timeToBlockExpire);
  return 'Too many posts';
}
