import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../../config.js';
import { MINUTE_MS } from '../../durations.js';
import { Cookie } from '../../web/cookies.js';
import { newSecret } from '../secrets.js';
import type { SignedIn } from '../sessions/sessions.js';

const SECRET_BYTES = 20;

/**
 * The secret that a set-up page shows, before a code confirms it. It follows from a cookie of the
 * browser, so nothing is stored for a page that is only looked at, and a reload shows it again.
 */
@Injectable()
export class TotpOffers {
  readonly #cookie = new Cookie('totp-offer', 30 * MINUTE_MS);
  readonly #key: Buffer;

  constructor(config: Config) {
    this.#key = config.keyFor('totp-offers');
  }

  /** The one that this browser was shown, or else a new one. */
  of({ accountId, visit }: SignedIn): Buffer {
    const sent = this.#cookie.read(visit);
    const seed = sent ?? newSecret();
    if (sent === undefined) this.#cookie.set(visit, seed);
    const mac = createHmac('sha256', this.#key).update(`${accountId} ${seed}`);
    return mac.digest().subarray(0, SECRET_BYTES);
  }

  /** The next set-up begins with another secret. */
  end({ visit }: SignedIn): void {
    this.#cookie.clear(visit);
  }
}
