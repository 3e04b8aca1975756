import { HOUR_MS } from '../../durations.js';
import { seeOther, type Redirect } from '../../web/answers.js';
import { Cookie } from '../../web/cookies.js';
import type { FormBody } from '../../web/forms/forms.js';
import type { Visit } from '../../web/visit.js';

const KEY = /^[\w-]{1,100}$/;
const MALFORMED = '-';

/**
 * The browser's side of a mailed link. Opening it only moves its key out of the URL into a cookie,
 * because mail scanners open links and URLs last; the page behind it shows the purpose, and its form
 * acts.
 */
export class ParkedLink {
  readonly #cookie: Cookie;

  /** @param name of the cookie @param path of the page behind the link */
  constructor(
    name: string,
    readonly path: string,
  ) {
    this.#cookie = new Cookie(name, HOUR_MS);
  }

  park(token: string, visit: Visit): Redirect {
    // A malformed key opens nothing, and the page says so.
    this.#cookie.set(visit, KEY.test(token) ? token : MALFORMED);
    return seeOther(this.path);
  }

  tokenOf(visit: Visit): string | undefined {
    return this.#cookie.read(visit);
  }

  forget(visit: Visit): void {
    this.#cookie.clear(visit);
  }
}

/**
 * True when the form (hidden field `link`) was filled on the page of this link. If another tab has
 * parked another link since, the page is drawn again and nothing is done.
 */
export function isShown(link: { id: string }, body: FormBody): boolean {
  return body.link === link.id;
}
