import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { CompiledQuery } from 'kysely';
import { Pool } from 'pg';
import { countOutcome } from '../../audit/outcome-count.js';
import { Config } from '../../config.js';
import { tables } from '../../database/tables.js';
import { browserFacts } from '../../web/browser-name.js';
import { noteProven } from '../../web/proven-cookies.js';
import type { Visit } from '../../web/visit.js';
import { hashOf, newCookieSecret, splitCookie } from '../secrets.js';
import { Sessions } from '../sessions/sessions.js';
import type { ProvenCredentials } from './credentials.js';
import { DEVICE_DAYS, Devices } from './devices.js';

/** What became of right credentials: 'changed' since they were checked, or their lane has begun to wait. */
export type EntryOutcome = 'open' | 'changed' | 'waiting';

/**
 * Everything that a sign-in writes: the account's last sign-in, the end of the browser's former
 * session, the known browser, a row in the log, the environment (a new one adds the job that tells
 * of it), the session. A browser is trusted from here on when the second factor was given and its
 * owner wishes so. It is one prepared statement because everybody waits for it every morning.
 * It does nothing when the account or its company was closed, the password changed, or the company's
 * list of addresses, since the credentials were checked, and opens no session without the second
 * factor where there is one, except in a trusted browser. First a right password ends the count of
 * wrong ones (waiting-times.sql), or a code of the app is used up (pending-sign-ins.sql): where that is
 * refused, nothing of it happens.
 */
const OPEN_SESSION = {
  name: 'open-session',
  text: `
  with proof as materialized (
    select case when $20::uuid is not null then use_totp($20, $1, $21, $22)
                when $22::text is not null then settle_right_attempt($1, $22)
                else true end as counts),
  account as (
    update accounts a set last_sign_in_at = genkan_now(), last_sign_in_address = $2,
                          failures_since_sign_in = 0, password_hash = $4
    from proof, accounts before join corporations c on c.id = before.corporation_id
    where proof.counts and a.id = $1 and before.id = a.id and a.state = 'active' and c.state = 'active'
      and a.password_hash = $3
      and (a.held_until is null or a.held_until <= genkan_now())
      and (a.second_factor_since is null or $18 or goes_on_without_factor(a.id, $6))
      and (not c.has_ip_versions or (ip_verdict(c.id, $2)).admitted)
    returning a.id, a.corporation_id, before.last_sign_in_at, before.last_sign_in_address,
              before.failures_since_sign_in),
  former as (
    delete from sessions s using account where s.id = $5 and s.secret_hash = $14),
  device as (
    insert into devices (id, secret_hash, account_id, ends_at, trusted_until, browser)
    select $6, $7, id, genkan_now() + make_interval(days => $8),
           case when $19 then genkan_now() + make_interval(days => $8) end, $12 from account
    on conflict (id) do update set
      ends_at = excluded.ends_at, browser = excluded.browser,
      trusted_until = coalesce(excluded.trusted_until, devices.trusted_until)),
  entry as (
    insert into audit_entries (corporation_id, account_id, act, reason, address, request_id, facts)
    select corporation_id, id, 'sign-in', 'done', $2, $9, $15 from account),
  environment as (
    select note_environment(id, last_sign_in_at is null, $16, $17, $12, $2) as is_new from account),
  session as (
    insert into sessions (id, secret_hash, account_id, address, browser, ends_at,
                          previous_sign_in_at, previous_sign_in_address, failures_before,
                          factor_confirmed_at, factor_given_for)
    select $10, $11, id, $2, $12, genkan_now() + make_interval(secs => $13),
           last_sign_in_at, last_sign_in_address, failures_since_sign_in,
           case when $18 then genkan_now() end,
           $23
    from account join environment on is_new is not null
    returning id)
  select counts, exists (select from session) as "isOpen" from proof`,
};

interface OpenedSession {
  /** False where the lane waits, or the code of the app does not count: nothing happened. */
  counts: boolean;
  /** False where something changed since the credentials were checked. */
  isOpen: boolean;
}

/** The second factor that was given, and whether the browser goes on without it for a time. */
interface GivenFactor {
  factor: string;
  trusts: boolean;
  /** The act of which it opens the question, too (`@FactorFor`). */
  forAct?: string | undefined;
  /** A code of the app that is not used up yet: for which sign-in, and the lane that its try counts in. */
  uses?: { signIn: string; step: number; lane: string };
}

/** The part of a sign-in that follows right credentials: a session, or a page that stands before it. */
@Injectable()
export class SignIn {
  constructor(
    private readonly config: Config,
    private readonly em: EntityManager,
    private readonly pool: Pool,
    private readonly sessions: Sessions,
    private readonly devices: Devices,
  ) {}

  async open(proven: ProvenCredentials, visit: Visit): Promise<EntryOutcome> {
    const { counts, isOpen } = await this.#open(this.#prepared, proven, visit);
    if (isOpen) return 'open';
    return counts ? 'changed' : 'waiting';
  }

  /** The same in the caller's transaction, which uses the factor up. */
  async openWithFactor(
    proven: ProvenCredentials,
    visit: Visit,
    given: GivenFactor,
  ): Promise<boolean> {
    const write = async (values: unknown[]) =>
      (
        await tables(this.em).executeQuery<OpenedSession>(
          CompiledQuery.raw(OPEN_SESSION.text, values),
        )
      ).rows;
    return (await this.#open(write, proven, visit, given)).isOpen;
  }

  /** The same with a code of the app, which it uses up; the account is held for both. */
  async openWithTotp(
    proven: ProvenCredentials,
    visit: Visit,
    given: Pick<Required<GivenFactor>, 'factor' | 'trusts' | 'uses'>,
  ): Promise<OpenedSession> {
    return this.#open(this.#prepared, proven, visit, given);
  }

  readonly #prepared = async (values: unknown[]) =>
    (await this.pool.query<OpenedSession>({ ...OPEN_SESSION, values })).rows;

  async #open(
    write: (values: unknown[]) => Promise<OpenedSession[]>,
    proven: ProvenCredentials,
    visit: Visit,
    given?: GivenFactor,
  ): Promise<OpenedSession> {
    const session = newCookieSecret();
    const known = proven.device ? this.devices.read(visit)! : undefined;
    const device = newCookieSecret();
    const former = splitCookie(this.sessions.cookie.read(visit));
    const [opened] = await write([
      proven.accountId,
      visit.address,
      proven.passwordHash,
      proven.renewedHash,
      former?.id ?? null,
      proven.device ?? device.id,
      device.hash,
      DEVICE_DAYS,
      visit.requestId,
      session.id,
      session.hash,
      visit.browser,
      this.config.sessionAbsolute / 1000,
      former ? hashOf(former.secret) : null,
      { ...browserFacts(visit.browser), ...(given && { factor: given.factor }) },
      proven.device !== undefined,
      visit.network,
      given !== undefined,
      given?.trusts ?? false,
      given?.uses?.signIn ?? null,
      given?.uses?.step ?? null,
      given ? (given.uses?.lane ?? null) : (proven.unsettled?.lane ?? null),
      given?.forAct ?? null,
    ]);
    if (!opened!.isOpen) return opened!;
    countOutcome('sign-in', 'done');
    this.sessions.cookie.set(visit, session.cookie);
    this.devices.keep(known ?? device, proven.loginIdKey, visit);
    const owner = { site: proven.corporationId, client: proven.accountId };
    for (const { cookie } of [this.sessions, this.devices]) noteProven(cookie.latest(visit), owner);
    return opened!;
  }
}
