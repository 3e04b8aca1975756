import type { OnApplicationShutdown } from '@nestjs/common';
import { Pool } from 'pg';
import { connectionOptions } from '../database/connections.js';

/** Beside the pool's own. */
export const COUNTER_CONNECTIONS = 3;
/** Milliseconds: a counter's row is held for one statement. */
const LONGEST_STATEMENT = 4_000;

/**
 * The connections that limits are counted on. Limits are counted outside of transactions, also by
 * requests that are in one: of one pool for both, all requests may hold a connection and wait for a
 * second one, until each of them gives up. Whoever counts waits for nothing else.
 */
export class CounterPool extends Pool implements OnApplicationShutdown {
  constructor(connectionString: string, name: string) {
    const { onPoolCreated, ...options } = connectionOptions(LONGEST_STATEMENT, name, 'limits');
    super({ ...options, connectionString, max: COUNTER_CONNECTIONS });
    onPoolCreated(this);
    // The end of an idle connection; the next use makes a new one.
    this.on('error', () => undefined);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.end();
  }
}
