import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Pool } from 'pg';
import { sqlNow } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import { Cookie } from '../../web/cookies.js';
import type { Visit } from '../../web/visit.js';
import { hashOf, newCookieSecret, splitCookie } from '../secrets.js';
import type { ProvenCredentials } from './credentials.js';
import { PendingSignIn } from './pending-sign-in.entity.js';
import { keyOfLane } from './waiting-times.js';

/** A hash with today's parameters can be made only while the password is known. */
const RENEW_HASH = 'update accounts set password_hash = $3 where id = $1 and password_hash = $2';

/** It holds the account, so a change of the password comes before it or ends it. */
const BEGIN = {
  name: 'begin-pending-sign-in',
  text: `
  with account as (
    select id from accounts where id = $1 and password_hash = $2 for no key update)
  insert into pending_sign_ins (lane, id, secret_hash, account_id, password_digest, ends_at)
  select $3, $4, $5, id, sha256(convert_to($2, 'UTF8')), genkan_now() + interval '5 minutes'
  from account
  on conflict (lane) do update set id = excluded.id, secret_hash = excluded.secret_hash,
    account_id = excluded.account_id, password_digest = excluded.password_digest,
    ends_at = excluded.ends_at`,
};

/** The owner of the password, as long as it is the account's. */
export interface Pending {
  id: string;
  accountId: string;
  corporationId: string;
  loginIdKey: string;
  passwordHash: string;
}

/**
 * Sign-ins between the right password and the second factor. They last five minutes, in the browser
 * that gave the password; a newer one in the same lane replaces the former.
 */
@Injectable()
export class PendingSignIns {
  readonly #cookie = new Cookie('sign-in');

  constructor(
    private readonly em: EntityManager,
    private readonly pool: Pool,
  ) {}

  /** @returns false when the password changed since it was checked */
  async begin(proven: ProvenCredentials, visit: Visit): Promise<boolean> {
    const { accountId, device, passwordHash, renewedHash } = proven;
    if (renewedHash !== passwordHash)
      await this.pool.query(RENEW_HASH, [accountId, passwordHash, renewedHash]);
    const { id, hash, cookie } = newCookieSecret();
    const lane = keyOfLane({ factorOf: accountId, device });
    const begun = await this.pool.query({
      ...BEGIN,
      values: [accountId, renewedHash, lane, id, hash],
    });
    if (begun.rowCount === 0) return false;
    this.#cookie.set(visit, cookie);
    return true;
  }

  /** An empty text in a browser without one. */
  cookieOf(visit: Visit): string {
    return this.#cookie.read(visit) ?? '';
  }

  async find(visit: Visit): Promise<Pending | undefined> {
    const cookie = splitCookie(this.#cookie.read(visit));
    if (!cookie) return undefined;
    return this.#live(cookie.id)
      .where('p.secret_hash', '=', hashOf(cookie.secret))
      .executeTakeFirst();
  }

  /** Locks the account, and then it, until the caller's transaction ends. @returns false when it is over */
  async hold({ id, accountId }: Pending): Promise<boolean> {
    const account = tables(this.em).selectFrom('accounts').select('id').where('id', '=', accountId);
    await account.forNoKeyUpdate().execute();
    return (await this.#live(id).forUpdate('p').executeTakeFirst()) !== undefined;
  }

  #live(id: string) {
    return tables(this.em)
      .selectFrom('pending_sign_ins as p')
      .innerJoin('accounts as a', (join) =>
        join
          .onRef('a.id', '=', 'p.account_id')
          .on(sql<boolean>`sha256(convert_to(a.password_hash, 'UTF8')) = p.password_digest`),
      )
      .select([
        'p.id',
        'a.id as accountId',
        'a.corporation_id as corporationId',
        'a.login_id_key as loginIdKey',
        'a.password_hash as passwordHash',
      ])
      .where('p.id', '=', id)
      .where('p.ends_at', '>', sqlNow);
  }

  /** In the caller's transaction, which gave the factor. */
  async end({ id }: Pending): Promise<void> {
    await this.em.nativeDelete(PendingSignIn, { id });
  }

  /** Behind that transaction: where it fails, the browser tries again. */
  forget(visit: Visit): void {
    this.#cookie.clear(visit);
  }

  async endAllOf(account: string): Promise<void> {
    await this.em.nativeDelete(PendingSignIn, { account });
  }
}
