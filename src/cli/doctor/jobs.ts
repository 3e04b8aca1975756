import type { Jobs } from '../../jobs/jobs.js';
import { finder, type Finding } from './finding.js';

const { ok, fail } = finder('jobs');
const OLDEST = 300;

/** Work that waits so long means that no runner works. */
export async function jobsFinding(jobs: Jobs): Promise<Finding> {
  const seconds = await jobs.age();
  return seconds < OLDEST
    ? ok(seconds === 0 ? 'none waits.' : `the oldest waits for ${seconds} s.`)
    : fail(`the oldest waits for ${Math.round(seconds / 60)} min. Is Genkan running?`);
}
