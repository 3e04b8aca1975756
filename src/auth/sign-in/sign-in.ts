import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { CompiledQuery } from 'kysely';
import { Pool } from 'pg';
import { countOutcome } from '../../audit/outcome-count.js';
import { Config } from '../../config.js';
import { tables } from '../../database/tables.js';
import { browserFacts } from '../../web/browser-name.js';
import { Flows } from '../../web/flows.js';
import type { Visit } from '../../web/visit.js';
import { hashOf, newCookieSecret, splitCookie } from '../secrets.js';
import { Sessions } from '../sessions/sessions.js';
import type { ProvenCredentials } from './credentials.js';
import { DEVICE_DAYS, Devices } from './devices.js';
import type { TrialInForce } from './refused-sign-ins.js';

/**
 * Everything that a sign-in writes: the account's last sign-in, the end of the browser's former
 * session, the known browser, a row in the log, the environment (a new one adds the job that tells
 * of it), the session. A browser is trusted from here on when the second factor was given and its
 * owner wishes so. It is one prepared statement because everybody waits for it every morning.
 * It does nothing when the account or its company was closed, the password changed, or the company's
 * list of addresses, since the credentials were checked, and opens no session without the second
 * factor where there is one, except in a trusted browser.
 */
const OPEN = {
  name: 'open-session',
  text: `
  with account as (
    update accounts a set last_sign_in_at = genkan_now(), last_sign_in_address = $2,
                          failures_since_sign_in = 0, password_hash = $4
    from accounts before join corporations c on c.id = before.corporation_id
    where a.id = $1 and before.id = a.id and a.state = 'active' and c.state = 'active'
      and a.password_hash = $3
      and (a.held_until is null or a.held_until <= genkan_now())
      and (a.second_factor_since is null or $18 or exists (
        select from devices d
        where d.id = $6 and d.account_id = a.id and d.trusted_until > genkan_now()))
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
    select note_environment(id, last_sign_in_at is null, $16, $17, $12, $2) as is_new from account)
  insert into sessions (id, secret_hash, account_id, address, browser, ends_at,
                        previous_sign_in_at, previous_sign_in_address, failures_before,
                        factor_confirmed_at)
  select $10, $11, id, $2, $12, genkan_now() + make_interval(secs => $13),
         last_sign_in_at, last_sign_in_address, failures_since_sign_in,
         case when $18 then genkan_now() end
  from account join environment on is_new is not null`,
};

/** The list on trial that decides for the account's company now. */
const TRIAL = {
  name: 'trial-in-force',
  text: `select v.id, v.trial_ends_at as "trialEndsAt"
         from accounts a join ip_versions v on v.id = ip_version_in_force(a.corporation_id)
         where a.id = $1 and v.confirmed_at is null`,
};

const UNFINISHED = 'unfinished-sign-in';

interface Unfinished {
  accountId: string;
}

/** The second factor that was given, and whether the browser goes on without it for a time. */
export interface GivenFactor {
  factor: string;
  trusts: boolean;
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
    private readonly flows: Flows,
  ) {}

  /** @returns false when the account changed since its credentials were checked */
  async open(proven: ProvenCredentials, visit: Visit): Promise<boolean> {
    const run = (values: unknown[]) => this.pool.query({ ...OPEN, values });
    return this.#open(async (values) => (await run(values)).rowCount === 1, proven, visit);
  }

  /** The same in the caller's transaction, which uses the factor up. */
  async openWithFactor(
    proven: ProvenCredentials,
    visit: Visit,
    given: GivenFactor,
  ): Promise<boolean> {
    const run = (values: unknown[]) =>
      tables(this.em).executeQuery(CompiledQuery.raw(OPEN.text, values));
    const isOne = async (values: unknown[]) => (await run(values)).numAffectedRows === 1n;
    return this.#open(isOne, proven, visit, given);
  }

  async #open(
    writes: (values: unknown[]) => Promise<boolean>,
    proven: ProvenCredentials,
    visit: Visit,
    given?: GivenFactor,
  ): Promise<boolean> {
    const session = newCookieSecret();
    const known = proven.device ? this.devices.read(visit)! : undefined;
    const device = newCookieSecret();
    const former = splitCookie(this.sessions.cookie.read(visit));
    const isOpen = await writes([
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
    ]);
    if (!isOpen) return false;
    countOutcome('sign-in', 'done');
    this.sessions.cookie.set(visit, session.cookie);
    this.devices.keep(known ?? device, proven.loginIdKey, visit);
    return true;
  }

  /** The password was right, but something else has to come first; the browser is known by a cookie. */
  async leaveUnfinished(accountId: string, visit: Visit): Promise<void> {
    await this.flows.begin<Unfinished>(UNFINISHED, { accountId }, visit);
  }

  async trialInForce(accountId: string): Promise<TrialInForce | undefined> {
    const { rows } = await this.pool.query<TrialInForce>({ ...TRIAL, values: [accountId] });
    return rows[0];
  }

  /** The account whose right password this browser gave within the last 30 minutes. */
  async unfinishedAccount(visit: Visit): Promise<string | undefined> {
    const flow = await this.flows.find<Unfinished>(UNFINISHED, undefined, visit);
    return flow?.entries.accountId;
  }

  async endUnfinished(accountId: string): Promise<void> {
    await this.flows.endAll<Unfinished>(UNFINISHED, { accountId });
  }
}
