import type { Client, Pool, PoolClient } from 'pg';
import { watchBreaker } from '../breakers.js';

/** Nobody is made to wait for a server so long (milliseconds) after it was found silent. */
const KEPT_FROM = 1_000;
/** The driver's words for a server that did not greet a new connection in time. */
const NO_GREETING = /connection timeout|timeout expired/;

/** What a transaction says first whose statements may take their time, to the server and to this side. */
export const WITHOUT_LIMIT = 'set local statement_timeout = 0';
const END_OF_TRANSACTION = /^(?:commit|rollback)$/i;

type Callback = (error: Error | undefined, client?: PoolClient, release?: () => void) => void;

/** As the driver's own faults of connections, for those who ask for their code. */
class DatabaseSilent extends Error {
  readonly code = 'ETIMEDOUT';

  constructor() {
    super('The database was silent a moment ago');
  }
}

/**
 * A server that answers nothing: it is stopped, or the network swallows everything. Its own limits
 * do not help then, and those who wait for it hold places that others wait for in turn. So nobody
 * waits twice: for a moment requests fail at once, then the next ones try.
 */
export class Silence {
  #keptUntil = 0;
  readonly #asking = new Set<Client>();

  /** @param breaker what the metrics call it */
  constructor(breaker: string) {
    watchBreaker(breaker, () => performance.now() < this.#keptUntil);
  }

  /** Whether a statement is on its way. */
  isAsking(client: Client): boolean {
    return this.#asking.has(client);
  }

  /**
   * Calls `found` when a statement on the connection was not answered for so long. In a transaction
   * that begins with `WITHOUT_LIMIT` the ends of its connection alone are found, by its keep-alives.
   * @param milliseconds more than the server's own limit
   */
  watch(client: Client, milliseconds: number, found: () => void): void {
    let timer: NodeJS.Timeout | undefined;
    let asked = 0;
    let isLimited = true;
    const settled = () => {
      clearTimeout(timer);
      asked += 1;
      this.#asking.delete(client);
    };
    client.on('drain', () => {
      settled();
      this.#keptUntil = 0;
    });
    client.on('end', settled);
    const isSilent = (then: number) => {
      if (asked !== then) return;
      this.#keep();
      found();
    };
    const query = client.query.bind(client) as (...given: unknown[]) => unknown;
    client.query = ((...given: unknown[]) => {
      settled();
      this.#asking.add(client);
      const now = asked;
      // After a pause of this process itself the answer has come, and is read before the check.
      const check = () => setImmediate(isSilent, now);
      const text = textOf(given[0]);
      if (text === WITHOUT_LIMIT) isLimited = false;
      else if (END_OF_TRANSACTION.test(text)) isLimited = true;
      if (isLimited && !isStream(given[0])) timer = setTimeout(check, milliseconds);
      return query(...given);
    }) as Client['query'];
  }

  /** Lets the pool refuse at once in the moment after a silence. */
  keepFrom(pool: Pool): void {
    const connect = pool.connect.bind(pool);
    const first = (callback: Callback): void => {
      if (performance.now() < this.#keptUntil) process.nextTick(callback, new DatabaseSilent());
      else
        connect((error, client, release) => {
          if (error && NO_GREETING.test(error.message)) this.#keep();
          callback(error, client, release);
        });
    };
    pool.connect = ((callback?: Callback) => {
      if (callback) return first(callback);
      return new Promise((resolve, reject) => {
        first((error, client) => (client ? resolve(client) : reject(error)));
      });
    }) as Pool['connect'];
    pool.on('connect', () => (this.#keptUntil = 0));
  }

  #keep(): void {
    this.#keptUntil = performance.now() + KEPT_FROM;
  }
}

/** Rows that are fetched as somebody reads them, for as long as that takes. */
function isStream(query: unknown): boolean {
  return typeof (query as { submit?: unknown }).submit === 'function';
}

function textOf(query: unknown): string {
  return typeof query === 'string' ? query : ((query as { text?: string }).text ?? '');
}
