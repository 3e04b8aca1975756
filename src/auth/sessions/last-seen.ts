import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Pool } from 'pg';
import { MINUTE_MS } from '../../durations.js';

/**
 * The moments at which sessions were last seen. They are written once a minute for all sessions
 * together, so that a page costs no write, and are read from here until then.
 */
@Injectable()
export class LastSeen implements OnModuleInit, BeforeApplicationShutdown {
  #unwritten = new Map<string, Date>();
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly pool: Pool) {}

  onModuleInit(): void {
    // Moments that cannot be written now are written with the next minute's.
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

  of(sessionId: string): Date | undefined {
    return this.#unwritten.get(sessionId);
  }

  /** Takes the rows in one order, so that two processes do not wait for each other in a circle. */
  async write(): Promise<void> {
    const moments = this.#unwritten;
    if (moments.size === 0) return;
    await this.pool.query(
      `with seen as (
         select s.id, seen.at
         from unnest($1::uuid[], $2::timestamptz[]) as seen (id, at) join sessions s using (id)
         order by s.id for no key update of s)
       update sessions s set last_seen_at = greatest(s.last_seen_at, seen.at)
       from seen where s.id = seen.id`,
      [[...moments.keys()], [...moments.values()]],
    );
    for (const [id, at] of moments) if (this.#unwritten.get(id) === at) this.#unwritten.delete(id);
  }
}
