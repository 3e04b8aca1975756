import { Pool } from 'pg';
import type { Config } from '../../config.js';
import { pendingMigrations } from '../../database/migrate.js';
import { reasonsOf } from '../../server/reasons-of.js';
import { finder, type Finding } from './finding.js';

const { ok, warn, fail } = finder('database');
const OLDEST_VERSION = 15;
const CLOCK_TOLERANCE = 5;
/** Besides the pool: listening for jobs, migrations, backups, commands. */
const SPARE_CONNECTIONS = 10;

interface Server {
  version: number;
  version_name: string;
  connections: number;
  epoch: number;
}

/** The database must answer, be new enough, be migrated, be on time and have room. */
export async function databaseFindings(config: Config): Promise<Finding[]> {
  const pool = new Pool({
    connectionString: config.databaseUrl,
    max: 1,
    connectionTimeoutMillis: 5_000,
  });
  pool.on('error', () => undefined);
  try {
    return [...(await serverFindings(pool, config)), await migrationsFinding(pool)];
  } catch (error) {
    return reasonsOf(error).map(fail);
  } finally {
    await pool.end();
  }
}

async function serverFindings(pool: Pool, { databasePool, webConcurrency }: Config) {
  await pool.query('select 1');
  const asked = Date.now();
  const found = await pool.query<Server>(
    `select current_setting('server_version_num')::int / 10000 as version,
            current_setting('server_version') as version_name,
            current_setting('max_connections')::int
              - current_setting('superuser_reserved_connections')::int as connections,
            extract(epoch from clock_timestamp())::float as epoch`,
  );
  const { version, version_name, connections, epoch } = found.rows[0]!;
  const seconds = Math.round(Math.abs(epoch - (asked + Date.now()) / 2000));
  const needed = databasePool * webConcurrency + SPARE_CONNECTIONS;
  return [
    version >= OLDEST_VERSION
      ? ok(`PostgreSQL ${version_name} answers.`)
      : fail(`PostgreSQL ${version_name} is too old. Genkan needs ${OLDEST_VERSION} or later.`),
    seconds <= CLOCK_TOLERANCE
      ? ok("its clock and this machine's agree.")
      : warn(`its clock and this machine's differ by ${seconds} s. Synchronise both with NTP.`),
    connections >= needed
      ? ok(`${connections} connections are allowed, ${needed} are enough.`)
      : warn(
          `${connections} connections are allowed, Genkan may need ${needed}. Raise max_connections.`,
        ),
  ];
}

async function migrationsFinding(pool: Pool): Promise<Finding> {
  const pending = await pendingMigrations(pool);
  return pending.length === 0
    ? ok('all migrations ran.')
    : fail(`${pending.length} migrations are missing. Run "genkan migrate", or start Genkan.`);
}
