import type { Client, PoolConfig } from 'pg';

/** Milliseconds to get a connection, from the pool or from the server. */
const CONNECT_WITHIN = 2_000;
const LONGEST_IDLE_TRANSACTION = 10_000;
const KEEP_ALIVE_AFTER = 10_000;
/** How much longer than the server's own limit a statement may take before the server counts as silent. */
const SILENCE = 500;
/** The server takes no writes: it is a former primary, or about to become one. */
const READ_ONLY = '25006';

/**
 * How the connections of a pool behave on bad days, so that each fault frees its slot within five
 * seconds by the clock of this side.
 * @param longestStatement milliseconds; 0 for work that may take its time
 */
export function connectionOptions(longestStatement: number): PoolConfig {
  const connections = new Set<Client>();
  return {
    application_name: 'genkan',
    connectionTimeoutMillis: CONNECT_WITHIN,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER,
    onConnect: async (connected) => {
      const client = connected as Client;
      connections.add(client);
      client.once('end', () => connections.delete(client));
      if (longestStatement > 0) endWhenSilent(client, longestStatement + SILENCE);
      client.connection.on('errorMessage', ({ code, severity }: ServerError) => {
        if (code === READ_ONLY) connections.forEach(cut);
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

/**
 * Cuts a connection whose server answers nothing for so long. The server's own limit does not
 * help where it is stopped or the network swallows everything.
 */
function endWhenSilent(client: Client, milliseconds: number): void {
  let silence: NodeJS.Timeout | undefined;
  const heard = () => clearTimeout(silence);
  client.on('drain', heard).on('end', heard);
  const query = client.query.bind(client) as (...given: unknown[]) => unknown;
  client.query = ((...given: unknown[]) => {
    heard();
    if (!isStream(given[0])) silence = setTimeout(() => cut(client), milliseconds);
    return query(...given);
  }) as Client['query'];
}

/** Rows that are fetched as somebody reads them, for as long as that takes. */
function isStream(query: unknown): boolean {
  return typeof (query as { submit?: unknown }).submit === 'function';
}

/** Fails what runs on it and takes it out of the pool, wherever it is. */
function cut(client: Client): void {
  client.connection.stream.destroy();
}
