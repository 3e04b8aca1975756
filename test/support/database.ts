import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Pool, type QueryResult } from 'pg';

export interface DatabaseCopy {
  url: string;
  drop(): Promise<void>;
}

/** A fresh copy of the migrated database, so that spec files never see each other's people. */
export function copyDatabase(): Promise<DatabaseCopy> {
  return createFrom(process.env.GENKAN_TEST_TEMPLATE!);
}

/** One without anything, for tests that migrate it themselves. */
export function emptyDatabase(): Promise<DatabaseCopy> {
  return createFrom('template0');
}

async function createFrom(template: string): Promise<DatabaseCopy> {
  const name = `${process.env.GENKAN_TEST_TEMPLATE}_${randomBytes(4).toString('hex')}`;
  await onServer(`create database ${name} template ${template} strategy file_copy`);
  const url = new URL(process.env.GENKAN_TEST_SERVER!);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => drop(name) };
}

/** A pool that was ended may still be hanging up, and would throw at whoever ends its connection. */
async function drop(name: string): Promise<void> {
  const used = () => onServer(`select from pg_stat_activity where datname = '${name}'`);
  for (let tries = 0; tries < 50 && (await used()).rowCount; tries += 1) await delay(10);
  await onServer(`drop database if exists ${name} with (force)`);
}

let server: Pool | undefined;

/** By one connection for all spec files of a worker: a new one costs as much as the copy. */
function onServer(statement: string): Promise<QueryResult> {
  server ??= serverPool();
  return server.query(statement);
}

function serverPool(): Pool {
  const pool = new Pool({
    connectionString: process.env.GENKAN_TEST_SERVER,
    max: 1,
    idleTimeoutMillis: 0,
    allowExitOnIdle: true,
  });
  // The server may stop before the process does.
  pool.on('error', () => undefined);
  return pool;
}
