import { randomUUID } from 'node:crypto';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { Config } from '../config.js';
import { sql, sqlOne } from '../database/sql.js';
import { Cookie } from '../web/cookies.js';
import type { Visit } from '../web/visit.js';
import { hashOf, isSame, newSecret, splitCookie } from './secrets.js';

const DAYS = 30;

/**
 * Browsers that somebody signed in with. Such a browser has its own budget of failures, so that
 * strangers who fail on purpose cannot make the person wait.
 */
@Injectable()
export class Devices {
  readonly #cookie: Cookie;

  constructor(
    config: Config,
    private readonly em: EntityManager,
  ) {
    this.#cookie = new Cookie('device', config);
  }

  /** The id of the browser, when this account signed in with it within the last 30 days. */
  async recognise(accountId: string | undefined, visit: Visit): Promise<string | undefined> {
    const cookie = splitCookie(this.#cookie.read(visit.cookies));
    if (!cookie) return undefined;
    const device = await sqlOne<{ id: string; secret_hash: Buffer }>(
      this.em,
      'select id, secret_hash from devices where id = $1 and account_id = $2 and ends_at > genkan_now()',
      [cookie.id, accountId ?? null],
    );
    return device && isSame(cookie.secret, device.secret_hash) ? device.id : undefined;
  }

  /** Forgets every browser of an account, in the caller's transaction. */
  async forgetAllOf(accountId: string): Promise<void> {
    await sql(this.em, 'delete from devices where account_id = $1', [accountId]);
  }

  /** Remembers the browser for another 30 days, in the caller's transaction. */
  async remember(
    accountId: string,
    known: string | undefined,
    visit: Visit,
    response: Response,
  ): Promise<void> {
    const id = known ?? randomUUID();
    const secret = known ? splitCookie(this.#cookie.read(visit.cookies))!.secret : newSecret();
    await sql(
      this.em,
      `insert into devices (id, secret_hash, account_id, ends_at)
       values ($1, $2, $3, genkan_now() + make_interval(days => $4))
       on conflict (id) do update set ends_at = excluded.ends_at`,
      [id, hashOf(secret), accountId, DAYS],
    );
    this.#cookie.set(response, `${id}.${secret}`, DAYS * 24 * 60 * 60 * 1000);
  }
}
