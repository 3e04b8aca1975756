import { defineConfig, type Options } from '@mikro-orm/postgresql';
import { Migrator } from '@mikro-orm/migrations';
import { types, type Pool, type TypeOverrides } from 'pg';
import { AccountSchema } from './src/identity/account.entity.js';
import { CorporationSchema } from './src/corporations/corporation.entity.js';
import { migrations } from './src/database/migrations/index.js';

const LONGEST_STATEMENT = 5_000;

/**
 * How Genkan talks to PostgreSQL: nothing waits for ever, and one pool serves everybody.
 * @param longestStatement milliseconds; 0 for migrations, which may take their time
 */
export function databaseOptions(url: string, longestStatement = LONGEST_STATEMENT): Options {
  return defineConfig({
    clientUrl: url,
    entities: [AccountSchema, CorporationSchema],
    extensions: [Migrator],
    migrations: {
      migrationsList: migrations,
      tableName: 'genkan_migrations',
      snapshot: false,
      silent: true,
    },
    pool: { min: 0, max: 20 },
    driverOptions: {
      connectionTimeoutMillis: 2_000,
      statement_timeout: longestStatement,
      idle_in_transaction_session_timeout: 10_000,
      application_name: 'genkan',
      onPoolCreated: readMoments,
    },
    discovery: { warnWhenNoEntities: false },
    forceUtcTimezone: true,
  });
}

/** Moments arrive as `Date`, in raw statements as in entities. */
function readMoments(pool: Pool): void {
  const moments = (pool as unknown as { options: { types: TypeOverrides } }).options.types;
  moments.setTypeParser(
    types.builtins.TIMESTAMPTZ,
    types.getTypeParser(types.builtins.TIMESTAMPTZ),
  );
}

export default databaseOptions(process.env.DATABASE_URL ?? '');
