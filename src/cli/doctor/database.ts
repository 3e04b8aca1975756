import { Client, Pool } from 'pg';
import type { Config } from '../../config.js';
import { isUnavailable } from '../../database/faults.js';
import { pendingMigrations } from '../../database/migrate.js';
import { reasonsOf } from '../../server/reasons-of.js';
import { connectionsFinding } from './connections.js';
import { finder, type Finding } from './finding.js';

const { ok, warn, fail } = finder('database');
const OLDEST_VERSION = 15;
const CLOCK_TOLERANCE = 5;
/** A socket has a path for its host. */
const ON_THIS_MACHINE = /^(?:|\/.*|localhost|127\..*|::1)$/;

interface Server {
  version: number;
  version_name: string;
  is_read_only: boolean;
  epoch: number;
}

export interface ExaminedDatabase {
  /** It answers and has the tables that the other checks look at. */
  isUsable: boolean;
  findings: Finding[];
}

/** The database must answer, be new enough, take writes, be on time, have room and be migrated. */
export async function examineDatabase(config: Config): Promise<ExaminedDatabase> {
  const encryption = encryptionFindings(config);
  const pool = new Pool({
    connectionString: config.databaseUrl,
    max: 1,
    connectionTimeoutMillis: 5_000,
  });
  pool.on('error', () => undefined);
  try {
    const server = [...(await serverFindings(pool)), await connectionsFinding(pool, config)];
    const { isUsable, findings } = await examineMigrations(pool);
    return { isUsable, findings: [...encryption, ...server, ...findings] };
  } catch (error) {
    return { isUsable: false, findings: [...encryption, ...refusals(error)] };
  } finally {
    await pool.end();
  }
}

/** What goes to another machine is encrypted, and to that machine alone. */
export function encryptionFindings({ databaseUrl }: Config): Finding[] {
  // As the driver reads the URL, and the environment beside it.
  const { host, ssl } = new Client({ connectionString: databaseUrl }) as Client & { ssl: unknown };
  if (ON_THIS_MACHINE.test(host)) return [];
  if (verifies(ssl)) return [ok('{host} へは、証明書を確かめたTLSで接続します。', { host })];
  return [
    warn(
      '{host} への接続は、TLSで保護されていないか、証明書を確かめていません。DATABASE_URL に sslmode=verify-full を付けてください。',
      { host },
    ),
  ];
}

function verifies(ssl: unknown): boolean {
  if (typeof ssl !== 'object' || ssl === null) return ssl === true;
  return (ssl as { rejectUnauthorized?: boolean }).rejectUnauthorized !== false;
}

function refusals(error: unknown): Finding[] {
  return reasonsOf(error).map((reason) => fail(reason.split('\n')[0]!));
}

async function serverFindings(pool: Pool): Promise<Finding[]> {
  await pool.query('select 1');
  const asked = Date.now();
  const found = await pool.query<Server>(
    `select current_setting('server_version_num')::int / 10000 as version,
            current_setting('server_version') as version_name,
            pg_is_in_recovery() or current_setting('transaction_read_only')::bool as is_read_only,
            extract(epoch from clock_timestamp())::float as epoch`,
  );
  const { version, version_name, is_read_only, epoch } = found.rows[0]!;
  const seconds = Math.round(Math.abs(epoch - (asked + Date.now()) / 2000));
  return [
    version >= OLDEST_VERSION
      ? ok('PostgreSQL {name} が応答しています。', { name: version_name })
      : fail('PostgreSQL {name} は古すぎます。{oldest} 以降が必要です。', {
          name: version_name,
          oldest: OLDEST_VERSION,
        }),
    is_read_only
      ? fail(
          '書き込めません（スタンバイ、または default_transaction_read_only）。プライマリを指定してください。',
        )
      : ok('書き込めます。'),
    seconds <= CLOCK_TOLERANCE
      ? ok('このマシンと時刻が合っています。')
      : warn('このマシンと時刻が{seconds}秒ずれています。どちらもNTPで合わせてください。', {
          seconds,
        }),
  ];
}

/** Where they cannot be read, for want of a right say, the other checks say more. */
async function examineMigrations(pool: Pool): Promise<ExaminedDatabase> {
  try {
    const { length: count } = await pendingMigrations(pool);
    if (count === 0) return { isUsable: true, findings: [ok('移行はすべて済んでいます。')] };
    const pending = fail(
      '移行が{count}件済んでいません。「genkan migrate」を実行するか、Genkanを起動してください。',
      { count },
    );
    return { isUsable: false, findings: [pending] };
  } catch (error) {
    return { isUsable: !isUnavailable(error), findings: refusals(error) };
  }
}
