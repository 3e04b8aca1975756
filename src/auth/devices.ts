import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { sqlAfter } from '../database/clock.js';
import { tables } from '../database/tables.js';
import { DAY_MS } from '../durations.js';
import { Cookie } from '../web/cookies.js';
import type { Visit } from '../web/visit.js';
import { Device } from './device.entity.js';
import { isSame, newCookieSecret, splitCookie } from './secrets.js';

export const DEVICE_DAYS = 30;

/** Prepared, because each try at a password begins with it. */
const RECOGNISE = {
  name: 'recognise-device',
  text: `select secret_hash from devices
         where id = $1 and account_id = $2 and ends_at > genkan_now()`,
};

/**
 * Browsers that signed in to an account before. Such a browser has its own budget of failures, so
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
      ...RECOGNISE,
      values: [cookie.id, accountId ?? null],
    });
    const [device] = found.rows;
    return device && isSame(cookie.secret, device.secret_hash) ? cookie.id : undefined;
  }

  /** Remembers the browser in the caller's transaction. @returns the value of its cookie */
  async remember(accountId: string): Promise<string> {
    const { id, hash, cookie } = newCookieSecret();
    await tables(this.em)
      .insertInto('devices')
      .values({
        id,
        secret_hash: hash,
        account_id: accountId,
        ends_at: sqlAfter({ days: DEVICE_DAYS }),
      })
      .execute();
    return cookie;
  }

  /** Forgets every browser of an account, or all but one, in the caller's transaction. */
  async forgetAllOf(account: string, exceptId?: string): Promise<void> {
    await this.em.nativeDelete(Device, { account, ...(exceptId && { id: { $ne: exceptId } }) });
  }
}
