import { createHmac } from 'node:crypto';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { Config } from '../config.js';
import { sql } from '../database/sql.js';
import { DAY_MS } from '../durations.js';
import { Cookie } from '../web/cookies.js';
import type { Visit } from '../web/visit.js';
import { isSame, newCookieSecret, splitCookie } from './secrets.js';

export const DEVICE_DAYS = 30;
const FAILURES_TO_BE_FORGOTTEN = 10;
const MOST_DISTRUSTED = 10_000;

interface DeviceCookie {
  id: string;
  secret: string;
  claim: string;
}

/**
 * Browsers that somebody signed in with. Such a browser has its own budget of failures, so that
 * strangers who fail on purpose cannot make the person wait. Its cookie says without a look-up for
 * which login ID it was given, so that it need not queue with strangers; the row has the last word.
 */
@Injectable()
export class Devices {
  readonly cookie = new Cookie('device', DEVICE_DAYS * DAY_MS);
  readonly #key: Buffer;
  /** Cookies whose row is gone. */
  readonly #distrusted = new Set<string>();

  constructor(
    config: Config,
    private readonly em: EntityManager,
    private readonly pool: Pool,
  ) {
    this.#key = config.keyFor('known-browsers');
  }

  /** What the browser sent, if it is well-formed; cookies of former versions have no claim. */
  read(visit: Visit): DeviceCookie | undefined {
    const [id = '', secret = '', claim = ''] = this.cookie.read(visit)?.split('.') ?? [];
    const pair = splitCookie(`${id}.${secret}`);
    return pair && { ...pair, claim };
  }

  /** The id of a browser that was given its cookie at this login ID, as far as can be told without a look-up. */
  claimed(loginIdKey: string, visit: Visit): string | undefined {
    const cookie = this.read(visit);
    if (!cookie || this.#distrusted.has(cookie.id)) return undefined;
    return cookie.claim === this.#claimOf(cookie.id, loginIdKey) ? cookie.id : undefined;
  }

  /** The claim turned out to be void: the row ended, or was forgotten. */
  distrust(id: string): void {
    if (this.#distrusted.size >= MOST_DISTRUSTED) this.#distrusted.clear();
    this.#distrusted.add(id);
  }

  /** The id of the browser, when this account signed in with it within the last 30 days. */
  async recognise(accountId: string, visit: Visit): Promise<string | undefined> {
    const cookie = this.read(visit);
    if (!cookie) return undefined;
    const found = await this.pool.query<{ secret_hash: Buffer }>({
      name: 'recognise-device',
      text: `select secret_hash from devices
             where id = $1 and account_id = $2 and ends_at > genkan_now()`,
      values: [cookie.id, accountId],
    });
    const [device] = found.rows;
    return device && isSame(cookie.secret, device.secret_hash) ? cookie.id : undefined;
  }

  /** Remembers the browser in the caller's transaction. @returns the value of its cookie */
  async remember(accountId: string, loginIdKey: string): Promise<string> {
    const device = newCookieSecret();
    await sql(
      this.em,
      `insert into devices (id, secret_hash, account_id, ends_at)
       values ($1, $2, $3, genkan_now() + make_interval(days => $4))`,
      [device.id, device.hash, accountId, DEVICE_DAYS],
    );
    return this.#valueOf(device, loginIdKey);
  }

  /** Gives the browser its cookie, again or for the first time. */
  keep(device: { id: string; secret: string }, loginIdKey: string, visit: Visit): void {
    this.cookie.set(visit, this.#valueOf(device, loginIdKey));
  }

  /** Ten failures in a row make it a stranger again. */
  async forgetIfFailing(id: string): Promise<void> {
    await this.pool.query({
      name: 'forget-failing-device',
      text: `with failing as (
               delete from waiting_times where key = 'device:' || $1 and failures >= $2 returning key)
             delete from devices where id = $1::uuid and exists (select from failing)`,
      values: [id, FAILURES_TO_BE_FORGOTTEN],
    });
  }

  /** Forgets every browser of an account, or all but one, in the caller's transaction. */
  async forgetAllOf(accountId: string, exceptId?: string): Promise<void> {
    await sql(
      this.em,
      'delete from devices where account_id = $1 and ($2::uuid is null or id <> $2)',
      [accountId, exceptId ?? null],
    );
  }

  #valueOf({ id, secret }: { id: string; secret: string }, loginIdKey: string): string {
    return `${id}.${secret}.${this.#claimOf(id, loginIdKey)}`;
  }

  #claimOf(id: string, loginIdKey: string): string {
    const mac = createHmac('sha256', this.#key).update(`${id} ${loginIdKey}`);
    return mac.digest('base64url').slice(0, 22);
  }
}
