import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Pool } from 'pg';
import { MINUTE_MS } from '../durations.js';

/** When each entry of the lists admitted somebody last: written once a minute for all of them. */
@Injectable()
export class IpUses implements OnModuleInit, BeforeApplicationShutdown {
  #unwritten = new Set<string>();
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

  /** @param network of the entry that admitted somebody of the company */
  note(corporationId: string, network: string): void {
    this.#unwritten.add(`${corporationId} ${network}`);
  }

  async write(): Promise<void> {
    if (this.#unwritten.size === 0) return;
    const uses = [...this.#unwritten].map((use) => use.split(' '));
    await this.pool.query(
      `insert into ip_uses (corporation_id, network, last_used_at)
       select corporation_id, network, genkan_now()
       from unnest($1::uuid[], $2::cidr[]) as used (corporation_id, network)
       on conflict (corporation_id, network) do update set last_used_at = excluded.last_used_at`,
      [uses.map(([company]) => company), uses.map(([, network]) => network)],
    );
    for (const use of uses) this.#unwritten.delete(use.join(' '));
  }
}
