import { page, type Page } from '../../web/answers.js';
import { minutesOf } from '../../web/wait.js';

/** So many passwords were wrong that none is compared for now. @param retryAfter seconds */
export function tooManyFailures(retryAfter: number): Page {
  return page(
    'auth/too-many-failures',
    'しばらく待ってから、もう一度お試しください',
    { minutes: minutesOf(retryAfter) },
    { status: 429, retryAfter },
  );
}
