import type { OnApplicationShutdown } from '@nestjs/common';
import { Pool } from 'pg';

/** Milliseconds, by the clock of this process. */
const LONGEST_ANSWER = 2_000;

/**
 * Connections beside the pool of the pages: a pool that is full under load is no database that is
 * away, and must not take the process out of the balancer. Opened when somebody asks.
 */
export class DatabaseProbe extends Pool implements OnApplicationShutdown {
  constructor(connectionString: string) {
    super({
      connectionString,
      max: 2,
      connectionTimeoutMillis: LONGEST_ANSWER,
      query_timeout: LONGEST_ANSWER,
      application_name: 'genkan-probe',
    });
    // A lost connection fails the query in flight; without these it would end the process as well.
    this.on('error', () => undefined);
    this.on('connect', (client) => client.on('error', () => undefined));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.end();
  }
}
