import type { ClientBase } from 'pg';
import type { Config } from '../config.js';
import { lockNumber } from '../database/advisory-locks.js';
import { withClient } from '../database/with-client.js';

/** The database was used with another `SECRET_KEY`; the message says what to do. */
export class ForeignSecretKey extends Error {}

interface KnownKey {
  fingerprint: string;
  isCurrent: boolean;
  /** `genkan rotate-key` has finished: nothing starts with this key alone any more. */
  isExchanged: boolean;
}

/**
 * Compares `SECRET_KEY` with the one that the database was used with, before anything is sealed or
 * hashed with it. The first start adopts its key; a new one is adopted while the one before it is
 * given as `SECRET_KEY_PREVIOUS`. Until the exchange is over, the former one alone still starts: an
 * update goes from instance to instance, and back.
 * @throws ForeignSecretKey
 */
export async function adoptSecretKey(config: Config): Promise<void> {
  const options = { connectionString: config.databaseUrl, connectionTimeoutMillis: 5_000 };
  await withClient(options, async (client) => {
    await client.query('begin');
    // Instances that start together adopt one by one.
    await client.query('select pg_advisory_xact_lock($1)', [lockNumber('secret-key-adoption')]);
    const { rows } = await client.query<KnownKey>(KNOWN);
    if (!isInUse(config, rows)) await exchange(client, config, rows);
    await client.query('commit');
  });
}

function isInUse({ keyFingerprint, previousKeyFingerprint }: Config, known: KnownKey[]): boolean {
  const own = known.find(({ fingerprint }) => fingerprint === keyFingerprint);
  if (own === undefined) return false;
  return own.isCurrent || (!own.isExchanged && previousKeyFingerprint === undefined);
}

async function exchange(
  client: ClientBase,
  { keyFingerprint: given, previousKeyFingerprint: previous }: Config,
  known: KnownKey[],
): Promise<void> {
  const current = known.find(({ isCurrent }) => isCurrent);
  const isKnown = known.some(
    ({ fingerprint, isExchanged }) => fingerprint === previous && !isExchanged,
  );
  if (current && !isKnown) throw new ForeignSecretKey(refusalOf(given, current, known));
  await client.query(RETIRE, [current?.fingerprint ?? previous]);
  await client.query(ADOPT, [given]);
}

function refusalOf(given: string, { fingerprint }: KnownKey, known: KnownKey[]): string {
  if (known.some((key) => key.fingerprint === given))
    return (
      `SECRET_KEY is a former key of this database: its fingerprint is ${given}, and "genkan ` +
      `rotate-key" exchanged it for ${fingerprint}. Give that key.`
    );
  return (
    `SECRET_KEY is not the key of this database: its fingerprint is ${given}, and the database ` +
    `was used with ${fingerprint}. Give that key. To exchange it for a new one, give that key as ` +
    'SECRET_KEY_PREVIOUS.'
  );
}

const KNOWN = `
  select fingerprint, retired_at is null as "isCurrent", exchanged_at is not null as "isExchanged"
  from secret_keys`;

const RETIRE = `
  insert into secret_keys (fingerprint, retired_at) select $1, genkan_now() where $1::text is not null
  on conflict (fingerprint) do update set retired_at = genkan_now()`;

const ADOPT = `
  insert into secret_keys (fingerprint, adopted_at) values ($1, genkan_now() + interval '1 microsecond')
  on conflict (fingerprint) do update set retired_at = null, exchanged_at = null`;
