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
  const hasSockets = process.platform !== 'win32';
  server = new EmbeddedPostgres(folder, hasSockets ? await withSocket(folder) : SETTINGS);
  serverFolder = folder;
  const url = await server.start('postgres');
  // A statement through a socket of the file system costs little more than half of one by TCP.
  return hasSockets ? url.replace('@127.0.0.1:', `@${encodeURIComponent(folder)}:`) : url;
}

/**
 * The socket is its user's alone, who needs no password there: to prove one takes half of the time of
 * a connection.
 */
async function withSocket(folder) {
  const rules = join(folder, 'hba.conf');
  await writeFile(rules, RULES);
  return {
    ...SETTINGS,
    unix_socket_directories: folder,
    unix_socket_permissions: '0700',
    hba_file: rules,
  };
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
