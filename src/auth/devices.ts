import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { sql } from '../database/sql.js';
import { DAY_MS } from '../durations.js';
import { Cookie } from '../web/cookies.js';
import type { Visit } from '../web/visit.js';
import { isSame, newCookieSecret, splitCookie } from './secrets.js';

export const DEVICE_DAYS = 30;

/**
 * Browsers that somebody signed in with. Such a browser has its own budget of failures, so that
 * strangers who fail on purpose cannot make the person wait.
 */
@Injectable()
export class Devices {
  readonly cookie = new Cookie('device', DEVICE_DAYS * DAY_MS);

  constructor(
    private readonly em: EntityManager,
    private readonly pool: Pool,
  ) {}

  /** The id of the browser, when this account signed in with it within the last 30 days. */
  async recognise(accountId: string | undefined, visit: Visit): Promise<string | undefined> {
    const cookie = splitCookie(this.cookie.read(visit));
    if (!cookie) return undefined;
    const found = await this.pool.query<{ secret_hash: Buffer }>({
      name: 'recognise-device',
      text: `select secret_hash from devices
             where id = $1 and account_id = $2 and ends_at > genkan_now()`,
      values: [cookie.id, accountId ?? null],
    });
    const [device] = found.rows;
    return device && isSame(cookie.secret, device.secret_hash) ? cookie.id : undefined;
  }

  /** Remembers the browser in the caller's transaction. @returns the value of its cookie */
  async remember(accountId: string): Promise<string> {
    const { id, hash, cookie } = newCookieSecret();
    await sql(
      this.em,
      `insert into devices (id, secret_hash, account_id, ends_at)
       values ($1, $2, $3, genkan_now() + make_interval(days => $4))`,
      [id, hash, accountId, DEVICE_DAYS],
    );
    return cookie;
  }

  /** Forgets every browser of an account, or all but one, in the caller's transaction. */
  async forgetAllOf(accountId: string, exceptId?: string): Promise<void> {
    await sql(
      this.em,
      'delete from devices where account_id = $1 and ($2::uuid is null or id <> $2)',
      [accountId, exceptId ?? null],
    );
  }
}
