import type { ClientBase } from 'pg';
import type { Config } from '../config.js';
import { lockNumber } from '../database/advisory-locks.js';
import { withClient } from '../database/with-client.js';

/** The database was used with another `SECRET_KEY`; the message says what to do. */
export class ForeignSecretKey extends Error {}

/**
 * Compares `SECRET_KEY` with the one that the database was used with, before anything is sealed or
 * hashed with it. The first start adopts its key; a new one is adopted while the one before it is
 * given as `SECRET_KEY_PREVIOUS`.
 * @throws ForeignSecretKey
 */
export async function adoptSecretKey(config: Config): Promise<void> {
  const options = { connectionString: config.databaseUrl, connectionTimeoutMillis: 5_000 };
  await withClient(options, async (client) => {
    await client.query('begin');
    // Instances that start together adopt one by one.
    await client.query('select pg_advisory_xact_lock($1)', [lockNumber('secret-key-adoption')]);
    const installed = await installedKey(client);
    if (installed !== config.keyFingerprint) await exchange(client, config, installed);
    await client.query('commit');
  });
}

/** The fingerprint of the key in use; undefined before the first start. */
export async function installedKey(client: Pick<ClientBase, 'query'>): Promise<string | undefined> {
  const { rows } = await client.query<{ fingerprint: string }>(
    'select fingerprint from secret_keys where retired_at is null',
  );
  return rows[0]?.fingerprint;
}

async function exchange(
  client: ClientBase,
  { keyFingerprint: given, previousKeyFingerprint: previous }: Config,
  installed: string | undefined,
): Promise<void> {
  if (installed !== undefined && installed !== previous)
    throw new ForeignSecretKey(
      `SECRET_KEY is not the key of this database: its fingerprint is ${given}, and the database ` +
        `was used with ${installed}. Give that key. To exchange it for a new one, give that key as ` +
        'SECRET_KEY_PREVIOUS.',
    );
  if (previous !== undefined) await client.query(RETIRE, [previous]);
  await client.query(ADOPT, [given]);
}

const RETIRE = `
  insert into secret_keys (fingerprint, retired_at) values ($1, genkan_now())
  on conflict (fingerprint) do update set retired_at = genkan_now()`;

const ADOPT = `
  insert into secret_keys (fingerprint, adopted_at) values ($1, genkan_now() + interval '1 microsecond')
  on conflict (fingerprint) do update set retired_at = null`;
