import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

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

async function onServer(statement: string): Promise<void> {
  const client = new Client(process.env.GENKAN_TEST_SERVER);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
