import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { Config } from '../../config.js';
import { databaseNow, sqlAfter } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import { DAY_MS } from '../../durations.js';
import { Cookie } from '../../web/cookies.js';
import type { Visit } from '../../web/visit.js';
import { hashOf, isSame, newCookieSecret, splitCookie } from '../secrets.js';
import { Device } from './device.entity.js';

export const DEVICE_DAYS = 30;
const FAILURES_TO_BE_FORGOTTEN = 10;
const MOST_DISTRUSTED = 10_000;

interface DeviceCookie {
  id: string;
  secret: string;
  claim: string;
}

/** Prepared, because it follows each failure of a known browser. */
const FORGET_FAILING = {
  name: 'forget-failing-device',
  text: `with failing as (
           delete from waiting_times where key = 'device:' || $1 and failures >= $2 returning key)
         delete from devices where id = $1::uuid and exists (select from failing)`,
};

/**
 * Browsers that signed in to an account before. Such a browser has its own budget of failures, so
 * strangers who fail on purpose cannot make the person wait. Its cookie says without a look-up for
 * which login ID it was given, so it need not queue with strangers; the row has the last word.
 */
@Injectable()
export class Devices {
  readonly cookie = new Cookie('device', DEVICE_DAYS * DAY_MS);
  /** The first one signs, and each is believed. */
  readonly #keys: KeyObject[];
  /** Cookies whose row is gone. */
  readonly #distrusted = new Set<string>();

  constructor(
    config: Config,
    private readonly em: EntityManager,
    private readonly pool: Pool,
  ) {
    this.#keys = config.keysFor('known-browsers').map((key) => createSecretKey(key));
  }

  /** The cookie that the browser sent, if it is well-formed; cookies of former versions have no claim. */
  read(visit: Visit): DeviceCookie | undefined {
    const [id = '', secret = '', claim = ''] = this.cookie.read(visit)?.split('.') ?? [];
    const pair = splitCookie(`${id}.${secret}`);
    return pair && { ...pair, claim };
  }

  /** What a statement finds the row by: id and hash, without a cookie nulls. */
  keyOf(visit: Visit): [id: string | null, hash: Buffer | null] {
    const cookie = this.read(visit);
    return cookie ? [cookie.id, hashOf(cookie.secret)] : [null, null];
  }

  /** The id of a browser that was given its cookie at this login ID, as far as can be told without a look-up. */
  claimed(loginIdKey: string, visit: Visit): string | undefined {
    const cookie = this.read(visit);
    if (!cookie || this.#distrusted.has(cookie.id)) return undefined;
    const isOwn = this.#keys.some((key) => cookie.claim === claimOf(key, cookie.id, loginIdKey));
    return isOwn ? cookie.id : undefined;
  }

  /** The claim turned out to be void: the row ended, or was forgotten. */
  distrust(id: string): void {
    if (this.#distrusted.size >= MOST_DISTRUSTED) this.#distrusted.clear();
    this.#distrusted.add(id);
  }

  /** The id of the browser, when this account signed in with it within the last 30 days. */
  async recognise(accountId: string, visit: Visit): Promise<string | undefined> {
    const owner = await this.owner(visit);
    return owner?.accountId === accountId ? owner.id : undefined;
  }

  /** The browser and the account that signed in with it within the last 30 days, whichever it is. */
  async owner(visit: Visit): Promise<{ id: string; accountId: string } | undefined> {
    const cookie = this.read(visit);
    if (!cookie) return undefined;
    const { id, secret } = cookie;
    const live = { id, endsAt: { $gt: await databaseNow(this.em) } };
    const device = await this.em.findOne(Device, live);
    if (!device || !isSame(secret, Buffer.from(device.secretHash))) return undefined;
    return { id, accountId: device.account.id };
  }

  /** The factor is asked in this browser again. */
  async endTrustIn(visit: Visit): Promise<void> {
    const own = await this.owner(visit);
    if (own) await this.em.nativeUpdate(Device, { id: own.id }, { trustedUntil: null });
  }

  /** Remembers the browser in the caller's transaction. @returns the value of its cookie */
  async remember(accountId: string, loginIdKey: string): Promise<string> {
    const device = newCookieSecret();
    await tables(this.em)
      .insertInto('devices')
      .values({
        id: device.id,
        secret_hash: device.hash,
        account_id: accountId,
        ends_at: sqlAfter({ days: DEVICE_DAYS }),
      })
      .execute();
    return this.#valueOf(device, loginIdKey);
  }

  keep(device: { id: string; secret: string }, loginIdKey: string, visit: Visit): void {
    this.cookie.set(visit, this.#valueOf(device, loginIdKey));
  }

  /** Ten failures in a row make it a stranger again. */
  async forgetIfFailing(id: string): Promise<void> {
    await this.pool.query({ ...FORGET_FAILING, values: [id, FAILURES_TO_BE_FORGOTTEN] });
  }

  async forgetAllOf(account: string, exceptId?: string): Promise<void> {
    await this.em.nativeDelete(Device, { account, ...(exceptId && { id: { $ne: exceptId } }) });
  }

  async idsOf(account: string): Promise<string[]> {
    const devices = await this.em.find(Device, { account }, { fields: ['id'] });
    return devices.map(({ id }) => id);
  }

  /** They stay known, and are asked for the second factor again. */
  async endTrustOf(account: string): Promise<void> {
    await this.em.nativeUpdate(Device, { account }, { trustedUntil: null });
  }

  #valueOf({ id, secret }: { id: string; secret: string }, loginIdKey: string): string {
    return `${id}.${secret}.${claimOf(this.#keys[0]!, id, loginIdKey)}`;
  }
}

function claimOf(key: KeyObject, id: string, loginIdKey: string): string {
  const mac = createHmac('sha256', key).update(`${id} ${loginIdKey}`);
  return mac.digest('base64url').slice(0, 22);
}
