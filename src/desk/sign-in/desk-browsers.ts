import { createHmac, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../../config.js';
import { DAY_MS } from '../../durations.js';
import { Cookie } from '../../web/cookies.js';
import type { Visit } from '../../web/visit.js';

const KNOWN_FOR_MS = 90 * DAY_MS;

/**
 * Browsers in which somebody signed in at the desk before. Their failures are counted apart, so
 * whoever fails on purpose at a login ID does not make its owner wait. The cookie is signed for one
 * login ID, saves nobody the password or the factor, and is stored nowhere.
 */
@Injectable()
export class DeskBrowsers {
  readonly #cookie = new Cookie('desk-browser', KNOWN_FOR_MS);
  /** The first one signs, and each is believed. */
  readonly #keys: Buffer[];

  constructor(config: Config) {
    this.#keys = config.keysFor('desk-browsers');
  }

  /** The id of a browser that is known at this login ID. */
  known(loginIdKey: string, visit: Visit): string | undefined {
    const [id = '', mac] = this.#cookie.read(visit)?.split('.') ?? [];
    return this.#keys.some((key) => mac === macOf(key, id, loginIdKey)) ? id : undefined;
  }

  remember(loginIdKey: string, visit: Visit): void {
    const id = this.known(loginIdKey, visit) ?? randomUUID();
    this.#cookie.set(visit, `${id}.${macOf(this.#keys[0]!, id, loginIdKey)}`);
  }
}

function macOf(key: Buffer, id: string, loginIdKey: string): string {
  return createHmac('sha256', key).update(`${id} ${loginIdKey}`).digest('base64url');
}
