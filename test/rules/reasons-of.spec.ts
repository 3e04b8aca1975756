import { Client } from 'pg';
import { reasonsOf } from '../../src/server/reasons-of.js';
import { copyDatabase, type DatabaseCopy } from '../support/database.js';
import { Wire } from '../support/wire.js';
import { until } from '../support/until.js';

let database: DatabaseCopy;
beforeAll(async () => {
  database = await copyDatabase();
});
afterAll(() => database.drop());

/** What is told when a statement ends in a fault of the connection. */
async function toldOf(connectionString: string, statement: string): Promise<string[]> {
  const client = new Client({ connectionString });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(statement);
    return [];
  } catch (error) {
    return reasonsOf(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

const CUT =
  'the server stopped or restarted, or something on the way cut it. See what was done, then try again.';

it('a connection that the server ended is told as that', async () => {
  const told = await toldOf(database.url, 'select pg_terminate_backend(pg_backend_pid())');
  expect(told).toEqual([`The connection to the database ended (57P01): ${CUT}`]);
});

it('so is one that something on the way cut', async () => {
  const wire = await Wire.to(database.url);
  const told = toldOf(wire.url, 'select pg_sleep(9)');
  await isAsked('select pg_sleep(9)');
  await wire.end();
  expect(await told).toEqual([
    `The connection to the database ended (Connection terminated unexpectedly): ${CUT}`,
  ]);
});

async function isAsked(statement: string): Promise<void> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const asked = `select from pg_stat_activity where query = $1 and state = 'active'`;
  await until(async () => (await client.query(asked, [statement])).rowCount !== 0);
  await client.end();
}

it('a database that is not there is to be looked for', async () => {
  expect(await toldOf('postgres://u@127.0.0.1:1/x', 'select 1')).toEqual([
    'The database does not answer (ECONNREFUSED). Check DATABASE_URL.',
  ]);
});
