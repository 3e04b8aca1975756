import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Pool } from 'pg';
import { MINUTE_MS } from '../durations.js';

/**
 * When sessions were seen last. Written once a minute for all of them together, so that a page
 * costs no write, and known here to the moment until then.
 */
@Injectable()
export class LastSeen implements OnModuleInit, BeforeApplicationShutdown {
  #unwritten = new Map<string, Date>();
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly pool: Pool) {}

  onModuleInit(): void {
    // What cannot be written now is written with the next minute's.
    this.#timer = setInterval(() => void this.write().catch(() => undefined), MINUTE_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.write().catch(() => undefined);
  }

  /** @param at by the database's clock */
  note(sessionId: string, at: Date): void {
    this.#unwritten.set(sessionId, at);
  }

  /** The moment that is not written yet, if there is one. */
  of(sessionId: string): Date | undefined {
    return this.#unwritten.get(sessionId);
  }

  async write(): Promise<void> {
    const moments = this.#unwritten;
    if (moments.size === 0) return;
    await this.pool.query(
      `update sessions s set last_seen_at = greatest(s.last_seen_at, seen.at)
       from unnest($1::uuid[], $2::timestamptz[]) as seen (id, at) where s.id = seen.id`,
      [[...moments.keys()], [...moments.values()]],
    );
    for (const [id, at] of moments) if (this.#unwritten.get(id) === at) this.#unwritten.delete(id);
  }
}
