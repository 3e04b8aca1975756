import type { Pool } from 'pg';
import type { Config } from '../../config.js';
import { webProcessOf } from '../../database/application-name.js';
import { COUNTER_CONNECTIONS } from '../../limits/counter-pool.js';
import { finder, type Finding } from './finding.js';

const { ok, warn } = finder('database');
/** Besides the pools: health pages, migrations, backups, commands. */
const SPARE_CONNECTIONS = 10;

interface Connected {
  allowed: number;
  /** Of each connection to the server but this one; empty for other databases. */
  names: string[];
}

// Roles without rights on statistics see the names of other roles' connections, but not their kind.
const CONNECTED = `
  select current_setting('max_connections')::int
           - current_setting('superuser_reserved_connections')::int as allowed,
         coalesce(array_agg(name), '{}') as names
  from (select case when datname = current_database() then application_name else '' end as name
        from pg_stat_activity
        where usesysid is not null and coalesce(backend_type, 'client backend') = 'client backend'
          and pid <> pg_backend_pid()) a`;

/** The server must have room for the pools of all web processes, which tell their sizes by their names. */
export async function connectionsFinding(
  pool: Pool,
  { databasePool, webConcurrency }: Config,
): Promise<Finding> {
  const { allowed, names } = (await pool.query<Connected>(CONNECTED)).rows[0]!;
  const pools = new Map<string, number>();
  for (const name of names) {
    const process = webProcessOf(name);
    if (process) pools.set(process.id, process.connections);
  }
  const others = names.filter((name) => !webProcessOf(name)).length;
  const processes = pools.size;
  const all = [...pools.values()].reduce((sum, connections) => sum + connections, 0);
  const most = processes > 0 ? all : (databasePool + COUNTER_CONNECTIONS) * webConcurrency;
  const needed = most + others + SPARE_CONNECTIONS;
  const facts = { allowed, processes, others, most, needed };
  if (processes === 0)
    return allowed >= needed
      ? ok(
          '動いているGenkanのプロセスはありません。{allowed}接続まで使え、この設定での起動には{needed}接続で足ります。',
          facts,
        )
      : warn(
          '動いているGenkanのプロセスはありません。この設定で起動すると、ほかの{others}接続と合わせて{needed}接続になることがあり、使えるのは{allowed}接続までです。max_connections を増やしてください。',
          facts,
        );
  return allowed >= needed
    ? ok(
        '{allowed}接続まで使えます。Genkanのプロセス{processes}個（最大{most}接続）とほかの{others}接続に、{needed}接続で足ります。',
        facts,
      )
    : warn(
        '{allowed}接続まで使えますが、Genkanのプロセス{processes}個（最大{most}接続）とほかの{others}接続で、{needed}接続になることがあります。max_connections を増やしてください。',
        facts,
      );
}
