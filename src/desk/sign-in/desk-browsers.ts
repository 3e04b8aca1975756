import { createHmac, createSecretKey, randomUUID, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { keyOfLane } from '../../auth/sign-in/lanes.js';
import { Config } from '../../config.js';
import { DAY_MS } from '../../durations.js';
import type { Operator } from '../../identity/operator.entity.js';
import { Cookie } from '../../web/cookies.js';
import type { Visit } from '../../web/visit.js';

const KNOWN_FOR_MS = 90 * DAY_MS;
const FAILURES_TO_BE_A_STRANGER = 10;

const IS_KNOWN = {
  name: 'is-known-desk-browser',
  text: `select from operators o
         where o.login_id_key = $1 and o.browser_epoch::text = $2 and not exists (
           select from waiting_times w where w.key = $3 and w.failures >= $4)`,
};

/**
 * Browsers in which somebody signed in at the desk before. Their failures are counted apart, so
 * whoever fails on purpose at a login ID does not make its owner wait. The cookie is signed for one
 * login ID and one epoch of its owner, which ends with each change of the sign-in. It saves nobody
 * the password or the factor, and is stored nowhere.
 */
@Injectable()
export class DeskBrowsers {
  readonly #cookie = new Cookie('desk-browser', KNOWN_FOR_MS);
  /** The first one signs, and each is believed. */
  readonly #keys: KeyObject[];

  constructor(
    config: Config,
    private readonly pool: Pool,
  ) {
    this.#keys = config.keysFor('desk-browsers').map((key) => createSecretKey(key));
  }

  /** The id of a browser that is known at this login ID. Ten failures in a row make it a stranger. */
  async known(loginIdKey: string, visit: Visit): Promise<string | undefined> {
    const [id = '', epoch = '', mac] = this.#cookie.read(visit)?.split('.') ?? [];
    const isSigned = this.#keys.some((key) => mac === macOf(key, `${id}.${epoch}`, loginIdKey));
    if (!isSigned) return undefined;
    const lane = keyOfLane({ operatorBrowser: id });
    const values = [loginIdKey, epoch, lane, FAILURES_TO_BE_A_STRANGER];
    const found = await this.pool.query({ ...IS_KNOWN, values });
    return found.rowCount === 1 ? id : undefined;
  }

  /** @param browser its id, where it was known before */
  remember(
    { loginIdKey, browserEpoch }: Operator,
    browser: string | undefined,
    visit: Visit,
  ): void {
    const named = `${browser ?? randomUUID()}.${browserEpoch}`;
    this.#cookie.set(visit, `${named}.${macOf(this.#keys[0]!, named, loginIdKey)}`);
  }
}

function macOf(key: KeyObject, named: string, loginIdKey: string): string {
  return createHmac('sha256', key).update(`${named} ${loginIdKey}`).digest('base64url');
}
