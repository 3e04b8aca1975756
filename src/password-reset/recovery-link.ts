import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { Config } from '../config.js';
import { Cookie } from '../web/cookies.js';
import type { Visit } from '../web/visit.js';

const HOUR = 60 * 60 * 1000;
const MOST = 3;
const SEPARATOR = '.';

/** The keys of the mailed URLs that this browser opened, the last one first: tabs do not mix. */
@Injectable()
export class RecoveryLink {
  readonly #cookie: Cookie;

  constructor(config: Config) {
    this.#cookie = new Cookie('recovery', config);
  }

  keep(token: string, visit: Visit, response: Response): void {
    const others = this.tokensOf(visit).filter((other) => other !== token);
    this.#cookie.set(response, [token, ...others].slice(0, MOST).join(SEPARATOR), HOUR);
  }

  tokensOf(visit: Visit): string[] {
    return this.#cookie.read(visit.cookies)?.split(SEPARATOR) ?? [];
  }

  forget(response: Response): void {
    this.#cookie.clear(response);
  }
}
