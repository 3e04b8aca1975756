import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { sqlNow } from '../database/clock.js';
import { tables } from '../database/tables.js';
import { inUnitOfWork } from '../database/unit-of-work.js';
import { MINUTE_MS } from '../durations.js';

/** Notes the last use of each entry of the lists and writes all uses once a minute. */
@Injectable()
export class IpUses implements OnModuleInit, BeforeApplicationShutdown {
  #unwritten = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly em: EntityManager) {}

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
    const rows = uses.map((use) => {
      const [corporation_id = '', network = ''] = use.split(' ');
      return { corporation_id, network, last_used_at: sqlNow };
    });
    await inUnitOfWork(() =>
      tables(this.em)
        .insertInto('ip_uses')
        .values(rows)
        .onConflict((conflict) =>
          conflict
            .columns(['corporation_id', 'network'])
            .doUpdateSet((eb) => ({ last_used_at: eb.ref('excluded.last_used_at') })),
        )
        .execute(),
    );
    for (const use of uses) this.#unwritten.delete(use);
  }
}
