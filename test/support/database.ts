import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
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
  await onServer((client) =>
    client.query(`create database ${name} template ${template} strategy file_copy`),
  );
  const url = new URL(process.env.GENKAN_TEST_SERVER!);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => drop(name) };
}

/** A pool that was ended may still be hanging up, and would throw at whoever ends its connection. */
function drop(name: string): Promise<void> {
  return onServer(async (client) => {
    const used = () => client.query('select from pg_stat_activity where datname = $1', [name]);
    for (let tries = 0; tries < 50 && (await used()).rowCount; tries += 1) await delay(10);
    await client.query(`drop database if exists ${name} with (force)`);
  });
}

async function onServer(work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client(process.env.GENKAN_TEST_SERVER);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
