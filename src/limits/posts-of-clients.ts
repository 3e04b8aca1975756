import { Injectable } from '@nestjs/common';
import type { ThrottlerStorage } from '@nestjs/throttler';
import { keepLatest } from '../web/keep-latest.js';

type ThrottlerRecord = Awaited<ReturnType<ThrottlerStorage['increment']>>;

const MOST_CLIENTS = 20_000;

/**
 * The posts of each client in a span that begins with its first one: in the memory of this process,
 * because the limit at the edge must cost less than what it keeps away.
 */
@Injectable()
export class PostsOfClients implements ThrottlerStorage {
  readonly #clients = new Map<string, { posts: number; endsAt: number }>();

  /** @param ttl milliseconds */
  async increment(client: string, ttl: number, limit: number): Promise<ThrottlerRecord> {
    const now = Math.floor(performance.now());
    const before = this.#clients.get(client);
    const goesOn = before !== undefined && before.endsAt > now;
    const posts = goesOn ? before.posts + 1 : 1;
    const endsAt = goesOn ? before.endsAt : now + ttl;
    keepLatest(this.#clients, client, { posts, endsAt }, MOST_CLIENTS);
    const isBlocked = posts > limit;
    const seconds = Math.ceil((endsAt - now) / 1000);
    return {
      totalHits: posts,
      timeToExpire: seconds,
      isBlocked,
      timeToBlockExpire: isBlocked ? seconds : 0,
    };
  }
}
