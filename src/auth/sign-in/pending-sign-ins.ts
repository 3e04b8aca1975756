import { createHmac } from 'node:crypto';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Pool } from 'pg';
import { countOutcome } from '../../audit/outcome-count.js';
import { Config } from '../../config.js';
import { tables } from '../../database/tables.js';
import { browserFacts } from '../../web/browser-name.js';
import { Cookie } from '../../web/cookies.js';
import type { Visit } from '../../web/visit.js';
import { isUuid } from '../../web/uuid.js';
import { hashOf, newCookieSecret, splitCookie } from '../secrets.js';
import type { ProvenCredentials } from './credentials.js';
import type { EntryOutcome } from './sign-in.js';
import { Devices } from './devices.js';
import { PendingSignIn } from './pending-sign-in.entity.js';
import { keyOfLane } from './lanes.js';
import type { CountedTry } from './waiting-times.js';

/** A hash with today's parameters can be made only while the password is known. */
const RENEW_HASH = 'update accounts set password_hash = $3 where id = $1 and password_hash = $2';

/**
 * It holds the account, so a change of the password comes before it or ends it. The answer does not
 * wait for the disk: what a crash of the server takes away then is of no use to anybody, and nothing
 * that a later statement keeps rests on it.
 */
const BEGIN = {
  name: 'begin-pending-sign-in',
  text: `
  with proof as materialized (select settle_right_attempt($1, $9) as counts),
  account as (
    select a.id, a.corporation_id from accounts a, proof
    where proof.counts and a.id = $1 and a.password_hash = $2 for no key update of a),
  entry as (
    insert into audit_entries (corporation_id, account_id, act, reason, address, request_id, facts)
    select corporation_id, id, 'sign-in', 'second-factor-needed', $6, $7, $8 from account),
  pending as (
    insert into pending_sign_ins as p (lane, id, secret_hash, account_id, password_digest, ends_at)
    select $3, $4, $5, id, sha256(convert_to($2, 'UTF8')), genkan_now() + interval '5 minutes'
    from account where set_config('synchronous_commit', 'off', true) is not null
    on conflict (lane) do update set id = case
        when p.secret_hash = excluded.secret_hash and p.ends_at > genkan_now() then p.id
        else excluded.id end,
      secret_hash = excluded.secret_hash,
      account_id = excluded.account_id, password_digest = excluded.password_digest,
      ends_at = excluded.ends_at
    returning id)
  select counts, (select id from pending) as id from proof`,
};

const COLUMNS = `
  id, account_id as "accountId", corporation_id as "corporationId", login_id_key as "loginIdKey",
  password_hash as "passwordHash"`;

const FIND = {
  name: 'find-pending-sign-in',
  text: `
  select ${COLUMNS},
         exists (select from passkeys k where k.account_id = p.account_id) as "hasPasskeys"
  from live_pending_sign_ins p where id = $1 and secret_hash = $2`,
};

/** Prepared, because each code passes it: the sign-in, a try that counts, and what a code is compared with. */
const TRY = {
  name: 'try-second-factor',
  text: `
  select p.*, t.sealed_secret as "sealedSecret", genkan_now() as now, tried.device, tried.lane,
         tried.lane_device as "laneDevice", tried.retry_after as "retryAfter"
  from (select ${COLUMNS} from live_pending_sign_ins where id = $1 and secret_hash = $2) p
  cross join lateral count_factor_try(p."accountId", $3, $4, false) tried
  left join totp_secrets t on t.account_id = p."accountId"`,
};

/** The owner of the password, as long as it is the account's. */
interface Pending {
  id: string;
  accountId: string;
  corporationId: string;
  loginIdKey: string;
  passwordHash: string;
}

/** With a try at the second factor that counts already. */
export interface PendingTry extends Pending, CountedTry {
  sealedSecret: Buffer | null;
  now: Date;
}

/**
 * Sign-ins between the right password and the second factor. They last five minutes, in the browser
 * that gave the password; a newer one in the same lane, and there in the same network, replaces the
 * former. Two taps on one form begin one: whichever answer the browser keeps has its cookie. Tries at
 * the factor are counted by the lane alone.
 */
@Injectable()
export class PendingSignIns {
  readonly #cookie = Cookie.opener('sign-in');
  readonly #key: Buffer;

  constructor(
    config: Config,
    private readonly em: EntityManager,
    private readonly pool: Pool,
    private readonly devices: Devices,
  ) {
    this.#key = config.keyFor('pending-sign-ins');
  }

  /** @param attempt names the form, where it is the login page's */
  async begin(proven: ProvenCredentials, visit: Visit, attempt?: string): Promise<EntryOutcome> {
    const { accountId, device, passwordHash, renewedHash, unsettled } = proven;
    if (renewedHash !== passwordHash)
      await this.pool.query(RENEW_HASH, [accountId, passwordHash, renewedHash]);
    // In one lane, whoever knows the password alone would end each new browser's sign-in of the owner.
    const network = device ? '' : ` ${visit.site}`;
    const lane = keyOfLane({ factorOf: accountId, device }) + network;
    const fresh = newCookieSecret();
    const secret = isUuid(attempt) ? this.#secretOf(attempt, lane, visit) : fresh.secret;
    const { rows } = await this.pool.query<{ counts: boolean; id: string | null }>({
      ...BEGIN,
      values: [
        accountId,
        renewedHash,
        lane,
        fresh.id,
        hashOf(secret),
        visit.address,
        visit.requestId,
        browserFacts(visit.browser),
        unsettled?.lane,
      ],
    });
    const { counts, id } = rows[0]!;
    if (!id) return counts ? 'changed' : 'waiting';
    countOutcome('sign-in', 'second-factor-needed');
    this.#cookie.set(visit, `${id}.${secret}`);
    return 'open';
  }

  /** The same for both taps; the id, which another sign-in never has again, is the row's. */
  #secretOf(attempt: string, lane: string, { client, browser }: Visit): string {
    const whole = JSON.stringify([attempt, lane, client, browser]);
    return createHmac('sha256', this.#key).update(whole).digest('base64url');
  }

  /** An empty text in a browser without one. */
  cookieOf(visit: Visit): string {
    return this.#cookie.read(visit) ?? '';
  }

  async find(visit: Visit): Promise<(Pending & { hasPasskeys: boolean }) | undefined> {
    const cookie = splitCookie(this.#cookie.read(visit));
    if (!cookie) return undefined;
    const values = [cookie.id, hashOf(cookie.secret)];
    return (await this.pool.query<Pending & { hasPasskeys: boolean }>({ ...FIND, values })).rows[0];
  }

  /** Finds it and counts a try at its factor, before anything is compared. */
  async countTry(visit: Visit): Promise<PendingTry | undefined> {
    const cookie = splitCookie(this.#cookie.read(visit));
    if (!cookie) return undefined;
    const values = [cookie.id, hashOf(cookie.secret), ...this.devices.keyOf(visit)];
    return (await this.pool.query<PendingTry>({ ...TRY, values })).rows[0];
  }

  /** Locks the account, and then it, until the caller's transaction ends. @returns false when it is over */
  async hold({ id, accountId }: Pending): Promise<boolean> {
    const held = sql<{ live: boolean }>`select hold_pending_sign_in(${id}, ${accountId}) as live`;
    return (await held.execute(tables(this.em))).rows[0]!.live;
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
