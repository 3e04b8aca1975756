import type { EntityManager } from '@mikro-orm/postgresql';
import type { Jobs } from '../../jobs/jobs.js';
import { finder, type Finding } from './finding.js';

const { ok, warn, fail } = finder('jobs');
const OLDEST = 300;

/** Work that waits so long means that no runner works. */
export async function jobsFinding(jobs: Jobs): Promise<Finding> {
  const seconds = await jobs.age();
  return seconds < OLDEST
    ? ok(seconds === 0 ? 'none waits.' : `the oldest waits for ${seconds} s.`)
    : fail(`the oldest waits for ${Math.round(seconds / 60)} min. Is Genkan running?`);
}

const LONGEST_MINUTES = 10;

/** Jobs that nobody works on any more: given up after all tries, or locked by a process that is gone. */
export async function stuckJobsFinding(em: EntityManager): Promise<Finding> {
  const [stuck] = await em.execute<{ failed: number; locked: number; example: string | null }[]>(
    `select count(*) filter (where attempts >= max_attempts)::int as failed,
            count(*) filter (where locked_at < now() - interval '${LONGEST_MINUTES} minutes')::int as locked,
            max(task_identifier || ': ' || split_part(last_error, e'\n', 1))
              filter (where attempts >= max_attempts) as example
     from graphile_worker.jobs`,
  );
  const { failed, locked, example } = stuck!;
  if (locked > 0)
    return fail(
      `${locked} are in hand for more than ${LONGEST_MINUTES} min: their process is gone or hangs. ` +
        'Restart it.',
    );
  return failed === 0
    ? ok('none was given up.')
    : warn(
        `${failed} were given up after all tries, e.g. ${example}. graphile_worker.jobs has them.`,
      );
}
