import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Pool } from 'pg';
import { MINUTE_MS } from '../durations.js';

/** The demo's reset takes companies away while other processes have uses of theirs to write. */
const WRITE = `
  insert into ip_uses (corporation_id, network, last_used_at)
  select c.id, uses.network, genkan_now()
  from unnest($1::uuid[], $2::cidr[]) with ordinality as uses (corporation_id, network, place)
  join corporations c on c.id = uses.corporation_id
  order by place
  on conflict (corporation_id, network) do update set last_used_at = excluded.last_used_at`;

/** Notes the last use of each entry of the lists and writes all uses once a minute. */
@Injectable()
export class IpUses implements OnModuleInit, BeforeApplicationShutdown {
  #unwritten = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly pool: Pool) {}

  onModuleInit(): void {
    // A failed write is repeated with the next one.
    this.#timer = setInterval(() => void this.write().catch(() => undefined), MINUTE_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.write().catch(() => undefined);
  }

  note(corporationId: string, network: string): void {
    this.#unwritten.add(`${corporationId} ${network}`);
  }

  /** In one order for all processes, so that their writes do not block each other in a circle. */
  async write(): Promise<void> {
    if (this.#unwritten.size === 0) return;
    const uses = [...this.#unwritten].toSorted();
    const corporations = uses.map((use) => use.split(' ')[0]);
    const networks = uses.map((use) => use.split(' ')[1]);
    await this.pool.query(WRITE, [corporations, networks]);
    for (const use of uses) this.#unwritten.delete(use);
  }
}
