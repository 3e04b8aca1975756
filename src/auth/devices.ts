import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { Config } from '../config.js';
import { sql } from '../database/sql.js';
import { Cookie } from '../web/cookies.js';
import type { Visit } from '../web/visit.js';
import { isSame, splitCookie } from './secrets.js';

export const DEVICE_DAYS = 30;

/**
 * Browsers that somebody signed in with. Such a browser has its own budget of failures, so that
 * strangers who fail on purpose cannot make the person wait.
 */
@Injectable()
export class Devices {
  readonly cookie: Cookie;

  constructor(
    config: Config,
    private readonly em: EntityManager,
    private readonly pool: Pool,
  ) {
    this.cookie = new Cookie('device', config);
  }

  /** The id of the browser, when this account signed in with it within the last 30 days. */
  async recognise(accountId: string | undefined, visit: Visit): Promise<string | undefined> {
    const cookie = splitCookie(this.cookie.read(visit.cookies));
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

  /** Forgets every browser of an account, in the caller's transaction. */
  async forgetAllOf(accountId: string): Promise<void> {
    await sql(this.em, 'delete from devices where account_id = $1', [accountId]);
  }
}
