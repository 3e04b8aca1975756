import { EntityManager } from '@mikro-orm/postgresql';
import type { INestApplicationContext } from '@nestjs/common';
import { Pool } from 'pg';

type Connect = (...given: unknown[]) => unknown;

/**
 * Nobody who is in a transaction takes a second connection of the pool: if all do that at once, each
 * waits for the others. It fails the query, so the journey that comes upon it fails.
 */
export function forbidSecondConnections(app: INestApplicationContext): void {
  const pool = app.get(Pool);
  const em = app.get(EntityManager);
  const connect = pool.connect.bind(pool) as Connect;
  pool.connect = ((...given: unknown[]) => {
    if (em.isInTransaction())
      throw new Error('A second connection of the pool is taken in a transaction');
    return connect(...given);
  }) as Pool['connect'];
}
