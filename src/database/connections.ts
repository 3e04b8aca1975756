import type { Client, Pool, PoolConfig } from 'pg';
import { MINUTE_MS } from '../durations.js';
import { Silence } from './silence.js';

/** Milliseconds to get a connection, from the pool or from the server. */
const CONNECT_WITHIN = 2_000;
const LONGEST_IDLE_TRANSACTION = 10_000;
const KEEP_ALIVE_AFTER = 10_000;
/**
 * A connection that is made anew plans each prepared statement six times again, 30 ms of CPU for a
 * sign-in and a TOP page: longer than the pauses of a working day.
 */
const LONGEST_IDLE = 10 * MINUTE_MS;
/** How much longer than the server's own limit a statement may take before the server counts as silent. */
const GRACE = 500;
/** The server takes no writes: it is a former primary, or about to become one. */
const READ_ONLY = '25006';

interface ConnectionOptions extends PoolConfig {
  onPoolCreated(pool: Pool): void;
}

/**
 * How the connections of a pool behave on bad days, so that each fault frees its slot within five
 * seconds by the clock of this side.
 * @param longestStatement milliseconds; 0 for work that may take its time
 * @param name what the server's statistics call them
 * @param breaker what the metrics call the moment after a silence
 */
export function connectionOptions(
  longestStatement: number,
  name = 'genkan',
  breaker = 'database',
): ConnectionOptions {
  const silence = new Silence(breaker);
  const connections = new Set<Client>();
  const cutAll = () => connections.forEach(cut);
  return {
    application_name: name,
    connectionTimeoutMillis: CONNECT_WITHIN,
    idleTimeoutMillis: LONGEST_IDLE,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER,
    onPoolCreated: (pool) => silence.keepFrom(pool),
    onConnect: async (connected) => {
      const client = connected as Client;
      connections.add(client);
      client.once('end', () => connections.delete(client));
      if (longestStatement > 0)
        silence.watch(client, longestStatement + GRACE, () => {
          cut(client);
          // Those that wait in the pool would be found silent one by one; busy ones find out alone.
          connections.forEach((other) => silence.isAsking(other) || cut(other));
        });
      client.connection.on('errorMessage', ({ code, severity }: ServerError) => {
        if (code === READ_ONLY) cutAll();
        // What follows at once, the end of the connection, must not meet its next user.
        else if (severity === 'FATAL') cut(client);
      });
      // By a statement, because poolers in session mode refuse them as start-up parameters.
      await client.query(
        `set statement_timeout = ${longestStatement};
         set idle_in_transaction_session_timeout = ${LONGEST_IDLE_TRANSACTION}`,
      );
    },
  };
}

interface ServerError {
  code?: string;
  severity?: string;
}

/** Fails what runs on it and takes it out of the pool, wherever it is. */
function cut(client: Client): void {
  client.connection.stream.destroy();
}
