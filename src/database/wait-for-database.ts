import { setTimeout as wait } from 'node:timers/promises';
import type { Config } from '../config.js';
import { codeOf, isUnavailable } from './faults.js';
import { withClient } from './with-client.js';

const TRY_WITHIN_MS = 2_000;
const PAUSE_MS = 500;

/**
 * Resolves when the database takes writes; stderr says when that has to be waited for.
 * @throws the last fault when the time is over, and at once what waiting does not help against
 */
export async function waitForDatabase({ databaseUrl, startWaitSeconds }: Config): Promise<void> {
  const until = performance.now() + startWaitSeconds * 1_000;
  for (let isFirst = true; ; isFirst = false) {
    try {
      return await takesWrites(databaseUrl);
    } catch (error) {
      if (!isUnavailable(error) || performance.now() + PAUSE_MS > until) throw error;
      const why = codeOf(error) ?? (error as Error).message;
      if (isFirst)
        process.stderr.write(`Waits up to ${startWaitSeconds} s for the database (${why}).\n`);
      await wait(PAUSE_MS);
    }
  }
}

async function takesWrites(url: string): Promise<void> {
  const limits = { connectionTimeoutMillis: TRY_WITHIN_MS, query_timeout: TRY_WITHIN_MS };
  await withClient({ connectionString: url, ...limits }, (client) =>
    client.query('begin read write; rollback'),
  );
}
