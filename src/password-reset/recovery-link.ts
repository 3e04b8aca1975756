import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { Config } from '../config.js';
import { Cookie } from '../web/cookies.js';
import type { Visit } from '../web/visit.js';

const HOUR = 60 * 60 * 1000;

/** The key of the mailed URL, in the browser that opened it. */
@Injectable()
export class RecoveryLink {
  readonly #cookie: Cookie;

  constructor(config: Config) {
    this.#cookie = new Cookie('recovery', config);
  }

  keep(token: string, response: Response): void {
    this.#cookie.set(response, token, HOUR);
  }

  tokenOf(visit: Visit): string | undefined {
    return this.#cookie.read(visit.cookies);
  }

  forget(response: Response): void {
    this.#cookie.clear(response);
  }
}
