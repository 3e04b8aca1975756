import { page, type Page } from '../../web/answers.js';

/** So many passwords were wrong that none is compared for now. @param retryAfter seconds */
export function tooManyFailures(retryAfter: number): Page {
  const minutes = Math.ceil(retryAfter / 60);
  return page(
    'auth/too-many-failures',
    'しばらく待ってから、もう一度お試しください',
    { minutes },
    { status: 429, retryAfter },
  );
}
