import type { Pool } from 'pg';
import { Gauge } from 'prom-client';

/** Shows the pool in the metrics of this process. Called once. */
export function watchPool(pool: Pool): Gauge {
  return new Gauge({
    name: 'genkan_database_connections',
    help: 'Connections of pages and jobs, and the requests that wait for one',
    labelNames: ['state'],
    collect() {
      this.set({ state: 'used' }, pool.totalCount - pool.idleCount);
      this.set({ state: 'idle' }, pool.idleCount);
      this.set({ state: 'waiting' }, pool.waitingCount);
      this.set({ state: 'most' }, pool.options.max);
    },
  });
}
