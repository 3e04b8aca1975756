import { MikroORM } from '@mikro-orm/postgresql';
import { runMigrations } from 'graphile-worker';
import { Pool } from 'pg';
import { databaseOptions } from '../../mikro-orm.config.js';
import { lockNumber } from './advisory-locks.js';
import { connectionOptions } from './connections.js';
import { migrations } from './migrations/index.js';
import { doneMigrations, foldMigrations } from './upgrade-from-0-1-0.js';

/**
 * Brings the schema, the rules that live in the database and the job queue's schema up to date.
 * @returns the names of the migrations that ran
 * @throws UpgradeRefused
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const pool = new Pool({ connectionString: databaseUrl, max: 2, ...connectionOptions(0) });
  // A lost connection fails the query in flight; without these it would end the process as well.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const lock = await pool.connect();
  try {
    // Instances that start together migrate one by one.
    await lock.query('select pg_advisory_lock($1)', [lockNumber('migration')]);
    if ((await pendingMigrations(pool)).length === 0) return [];
    const names = await runPending(databaseUrl, await recordedMigrations(pool));
    await runMigrations({ pgPool: pool });
    return names;
  } finally {
    lock.release(true);
    await pool.end();
  }
}

/** All in one transaction: a database is at the old version or at the new one. */
async function runPending(databaseUrl: string, recorded: string[]): Promise<string[]> {
  const orm = await MikroORM.init(databaseOptions(databaseUrl, { longestStatement: 0 }));
  try {
    return await orm.em.fork().transactional(async (em) => {
      await foldMigrations(em, recorded);
      const done = await orm.migrator.up({ transaction: em.getTransactionContext()! });
      return done.map(({ name }) => name);
    });
  } finally {
    await orm.close();
  }
}

/** The migrations that this version knows and the database does not. */
export async function pendingMigrations(pool: Pool): Promise<string[]> {
  const done = new Set(doneMigrations(await recordedMigrations(pool)));
  return migrations.map(({ name }) => name).filter((name) => !done.has(name));
}

async function recordedMigrations(pool: Pool): Promise<string[]> {
  const known = await pool.query<{ table: string | null }>(
    `select to_regclass('genkan_migrations') as table`,
  );
  if (known.rows[0]?.table === null) return [];
  const recorded = await pool.query<{ name: string }>(
    'select name from genkan_migrations order by id',
  );
  return recorded.rows.map(({ name }) => name);
}
