import { Pool } from 'pg';
import type { Config } from '../../config.js';
import { pendingMigrations } from '../../database/migrate.js';
import { reasonsOf } from '../../server/reasons-of.js';
import { say } from '../../web/sentence.js';
import { finder, type Finding } from './finding.js';

const { ok, warn, fail } = finder('database');
const OLDEST_VERSION = 15;
const CLOCK_TOLERANCE = 5;
/** Besides the pool: listening for jobs, migrations, backups, commands. */
const SPARE_CONNECTIONS = 10;

/** Of processes of Genkan, wherever they run, and of others on the same server. */
interface Connections {
  instances: number;
  others: number;
}

interface Server {
  version: number;
  version_name: string;
  is_read_only: boolean;
  connections: number;
  epoch: number;
}

/** The database must answer, be new enough, take writes, be migrated, be on time and have room. */
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
    return reasonsOf(error).map((reason) => fail(reason.split('\n')[0]!));
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
            pg_is_in_recovery() or current_setting('transaction_read_only')::bool as is_read_only,
            current_setting('max_connections')::int
              - current_setting('superuser_reserved_connections')::int as connections,
            extract(epoch from clock_timestamp())::float as epoch`,
  );
  const { version, version_name, is_read_only, connections, epoch } = found.rows[0]!;
  const seconds = Math.round(Math.abs(epoch - (asked + Date.now()) / 2000));
  const { instances, others } = await connectionsOf(pool);
  const each = databasePool * webConcurrency;
  const needed = each * Math.max(1, instances) + others + SPARE_CONNECTIONS;
  return [
    version >= OLDEST_VERSION
      ? ok(say('PostgreSQL {name} が応答しています。', { name: version_name }))
      : fail(
          say('PostgreSQL {name} は古すぎます。{oldest} 以降が必要です。', {
            name: version_name,
            oldest: OLDEST_VERSION,
          }),
        ),
    is_read_only
      ? fail(
          say(
            '書き込めません（スタンバイ、または default_transaction_read_only）。プライマリを指定してください。',
          ),
        )
      : ok(say('書き込めます。')),
    seconds <= CLOCK_TOLERANCE
      ? ok(say('このマシンと時刻が合っています。'))
      : warn(
          say('このマシンと時刻が{seconds}秒ずれています。どちらも NTP で合わせてください。', {
            seconds,
          }),
        ),
    connections >= needed
      ? ok(
          say('{connections}接続まで使えます。{instances}台に{needed}接続で足ります。', {
            connections,
            needed,
            instances,
          }),
        )
      : warn(
          say(
            '{connections}接続まで使えますが、Genkan {instances}台とほかの{others}接続で{needed}接続になることがあります。max_connections を増やしてください。',
            { connections, instances, others, needed },
          ),
        ),
  ];
}

/** Instances are told apart by the machine that they connect from. */
async function connectionsOf(pool: Pool): Promise<Connections> {
  const found = await pool.query<Connections>(
    `select (count(distinct coalesce(client_addr, '127.0.0.1')) filter (where is_ours))::int as instances,
            (count(*) filter (where not is_ours))::int as others
     from (select client_addr, application_name = 'genkan' and datname = current_database() as is_ours
           from pg_stat_activity
           where backend_type = 'client backend' and pid <> pg_backend_pid()) a`,
  );
  return found.rows[0]!;
}

async function migrationsFinding(pool: Pool): Promise<Finding> {
  const pending = await pendingMigrations(pool);
  return pending.length === 0
    ? ok(say('移行はすべて済んでいます。'))
    : fail(
        say(
          '移行が{count}件済んでいません。「genkan migrate」を実行するか、Genkan を起動してください。',
          { count: pending.length },
        ),
      );
}
