import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';

/** Nothing has to survive a power cut here, and no other server follows. */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_wal_size: '256MB',
  autovacuum: 'off',
  max_connections: '200',
  // Its other processes would be woken for each small read.
  io_method: 'sync',
};

const RULES = `
local all genkan trust
local all all scram-sha-256
host all all all scram-sha-256
`;

let server;
let serverFolder;

/** @returns the URL of a database from which others can be made */
export async function startServer(folder) {
  const { EmbeddedPostgres } = await import('../../src/database/embedded.ts');
  // To prove a password takes half of the time of a connection.
  const rules = join(folder, 'hba.conf');
  await writeFile(rules, RULES);
  server = new EmbeddedPostgres(folder, { ...SETTINGS, hba_file: rules });
  serverFolder = folder;
  return server.start('postgres');
}

export async function createTemplate(serverUrl, name) {
  const { migrate } = await import('../../src/database/migrate.ts');
  await execute(serverUrl, `create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  await migrate(url.href);
}

/** Leaves nothing behind: neither the server of ours nor databases on a server of somebody else's. */
export async function stopServer() {
  if (server) {
    await server.stop();
    await rm(serverFolder, { recursive: true, force: true });
  } else await dropDatabases(process.env.GENKAN_TEST_SERVER, process.env.GENKAN_TEST_TEMPLATE);
}

async function dropDatabases(serverUrl, template) {
  const made = await execute(
    serverUrl,
    `select datname from pg_database where datname like '${template}%'`,
  );
  for (const { datname } of made.rows)
    await execute(serverUrl, `drop database if exists ${datname} with (force)`);
}

async function execute(serverUrl, statement) {
  const client = new Client(serverUrl);
  await client.connect();
  try {
    return await client.query(statement);
  } finally {
    await client.end();
  }
}
