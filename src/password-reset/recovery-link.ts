import { Injectable } from '@nestjs/common';
import { HOUR_MS } from '../durations.js';
import { Cookie } from '../web/cookies.js';
import type { Visit } from '../web/visit.js';

const MOST = 3;
const SEPARATOR = '.';

/** The keys of the mailed URLs that this browser opened, the last one first: tabs do not mix. */
@Injectable()
export class RecoveryLink {
  readonly #cookie = new Cookie('recovery', HOUR_MS);

  keep(token: string, visit: Visit): void {
    const others = this.tokensOf(visit).filter((other) => other !== token);
    this.#cookie.set(visit, [token, ...others].slice(0, MOST).join(SEPARATOR));
  }

  tokensOf(visit: Visit): string[] {
    return this.#cookie.read(visit)?.split(SEPARATOR) ?? [];
  }

  forget(visit: Visit): void {
    this.#cookie.clear(visit);
  }
}
