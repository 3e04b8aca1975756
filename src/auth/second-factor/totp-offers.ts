import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../../config.js';
import { MINUTE_MS } from '../../durations.js';
import { Cookie } from '../../web/cookies.js';
import { newSecret } from '../secrets.js';
import { idOfOwner, ownerOf, type FactorVisitor } from './factor-owner.js';
import { qrPath } from './qr-path.js';
import { base32, keyUri, stepsOf } from './totp.js';

const SECRET_BYTES = 20;
const LASTS_MS = 30 * MINUTE_MS;

/**
 * The secret that a set-up page shows, before a code confirms it. It follows from a cookie of the
 * browser, so nothing is stored for a page that is only looked at, and a reload shows it again. The
 * cookie says when it was made, and is none after half an hour: another time is another secret.
 */
@Injectable()
export class TotpOffers {
  readonly #cookie = Cookie.untilSignOut('totp-offer', LASTS_MS);
  readonly #key: Buffer;

  constructor(private readonly config: Config) {
    this.#key = config.keyFor('totp-offers');
  }

  /** What the page shows: the secret as a picture, a text and a link. @param label in the app */
  shown(offered: FactorVisitor, label: string) {
    const secret = this.#of(offered);
    const uri = keyUri(secret, this.config.serviceName, label);
    return { qr: qrPath(uri), key: base32(secret).match(/.{4}/g)!.join(' '), uri };
  }

  isConfirmed(offered: FactorVisitor, code: string, now: Date): boolean {
    return stepsOf(this.#of(offered), code, now).length > 0;
  }

  /** Ends the offer: the next set-up begins with another secret. @param code one that confirms it */
  confirm(offered: FactorVisitor, code: string, now: Date): { secret: Buffer; step: number } {
    const secret = this.#of(offered);
    this.#cookie.clear(offered.visit);
    return { secret, step: stepsOf(secret, code, now).at(-1)! };
  }

  /** The one that this browser was shown, or else a new one. */
  #of(offered: FactorVisitor): Buffer {
    const { visit } = offered;
    const sent = this.#cookie.read(visit);
    const isLive = sent !== undefined && isFresh(sent);
    const seed = isLive ? sent : `${newSecret()}.${Date.now()}`;
    if (!isLive) this.#cookie.set(visit, seed);
    const mac = createHmac('sha256', this.#key).update(`${idOfOwner(ownerOf(offered))} ${seed}`);
    return mac.digest().subarray(0, SECRET_BYTES);
  }
}

function isFresh(seed: string): boolean {
  const age = Date.now() - Number(seed.split('.')[1]);
  return age >= 0 && age < LASTS_MS;
}
