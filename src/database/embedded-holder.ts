import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { lockNumber } from './advisory-locks.js';

const HOLDER_LOCK = lockNumber('embedded-server');
const PAUSE_MS = 500;
const CONNECT_WITHIN_MS = 2_000;
const NAME = /^genkan start (\d+) on (\d+)$/;

/** Another application works on the server, and will stop it. */
export interface Holder {
  pid?: string;
  port?: string;
}

const HOLDER = `
  select application_name as name from pg_locks join pg_stat_activity using (pid)
  where locktype = 'advisory' and classid = 0 and objid = ${HOLDER_LOCK} and granted`;

/**
 * Takes the demo's server for this process, until that ends: by a lock of the server, because a
 * file would outlive a kill.
 * @param port where this process serves, for those who come later
 * @returns the process that has it already
 */
export async function holdServer(url: string, port: number): Promise<Holder | undefined> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    application_name: `genkan start ${process.pid} on ${port}`,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const taken = await client.query<{ isTaken: boolean }>(
      `select pg_try_advisory_lock(${HOLDER_LOCK}) as "isTaken"`,
    );
    if (taken.rows[0]!.isTaken) return void client.once('end', () => void holdAgain(url, port));
    const { rows } = await client.query<{ name: string }>(HOLDER);
    const [, pid, heldOn] = NAME.exec(rows[0]?.name ?? '') ?? [];
    await client.end();
    return { pid, port: heldOn };
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

/** The server crashed and comes back, or this process stops it and ends. */
async function holdAgain(url: string, port: number): Promise<void> {
  for (let isHeld = false; !isHeld;) {
    await wait(PAUSE_MS, undefined, { ref: false });
    isHeld = await holdServer(url, port).then(
      () => true,
      () => false,
    );
  }
}
