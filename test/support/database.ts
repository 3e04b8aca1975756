import { randomBytes } from 'node:crypto';
import { Pool } from 'pg';

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
  return { url: url.href, drop: () => onServer(`drop database if exists ${name} with (force)`) };
}

let pool: Pool | undefined;

/** By one connection of the worker: to open one takes a quarter of the time of a copy. */
async function onServer(statement: string): Promise<void> {
  pool ??= newPool();
  await pool.query(statement);
}

function newPool(): Pool {
  const connectionString = process.env.GENKAN_TEST_SERVER;
  const made = new Pool({ connectionString, max: 1, idleTimeoutMillis: 0, allowExitOnIdle: true });
  // The next statement takes another connection.
  made.on('error', () => undefined);
  return made;
}
