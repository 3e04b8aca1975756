import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { Audit } from '../audit/audit.js';
import type { Act, Reason } from '../audit/reasons.js';
import { loginIdKey } from '../identity/login-id.js';
import type { Role } from '../identity/role.js';
import { browserFacts } from '../web/browser-name.js';
import type { Visit } from '../web/visit.js';
import { Devices } from './devices.js';
import { Passwords } from './passwords.js';
import { WaitingTimes } from './waiting-times.js';

/** Whose credentials were right, and with which hash that was found. */
export interface ProvenCredentials {
  accountId: string;
  /** The known browser, if it is one. */
  device: string | undefined;
  passwordHash: string;
  /** The hash to keep from now on: another one when its parameters are not today's. */
  renewedHash: string;
}

/** Everybody hears `refused`, whatever the cause, until the password was right. */
export type Checked =
  | ({ ok: true } & ProvenCredentials)
  | { ok: false; reason: 'refused' }
  | { ok: false; reason: 'too-many-failures'; retryAfter: number }
  | {
      ok: false;
      reason: 'registration-unfinished' | 'account-closed' | 'account-in-case';
      accountId: string;
    }
  | { ok: false; reason: 'address-refused'; accountId: string; role: Role };

interface Candidate {
  id: string;
  corporation_id: string;
  state: 'registered' | 'active' | 'suspended' | 'deleted';
  corporation_is_active: boolean;
  /** A newcomer who may not act yet. */
  held: boolean;
  /** A newcomer whom an objection stopped. */
  in_case: boolean;
  password_hash: string;
  role: Role;
  is_admitted: boolean;
}

/** Refusals answer on this beat (milliseconds), so that their time tells nothing about what was found. */
const BEAT = 100;

/** Login ID and password, checked in the order of their security. */
@Injectable()
export class Credentials {
  constructor(
    private readonly pool: Pool,
    private readonly passwords: Passwords,
    private readonly waitingTimes: WaitingTimes,
    private readonly devices: Devices,
    private readonly audit: Audit,
  ) {}

  /**
   * @param act what the password is given for: every way to give it uses the same counters
   * @returns whose credentials these are, or a reason that tells outsiders nothing
   * @throws ServiceUnavailableException when too many passwords are being checked
   */
  async check(
    loginId: string,
    password: string,
    visit: Visit,
    act: Act = 'sign-in',
  ): Promise<Checked> {
    const started = performance.now();
    const checked = await this.#check(loginIdKey(loginId), password, visit, act);
    if (!checked.ok) await wait(BEAT - ((performance.now() - started) % BEAT));
    return checked;
  }

  async #check(key: string, password: string, visit: Visit, act: Act): Promise<Checked> {
    const account = await this.#find(key, visit);
    const device = await this.devices.recognise(account?.id, visit);
    // A browser that is known passes even where an address is shut, and costs no more than others.
    const closed = device ? undefined : await this.waitingTimes.closed(visit);
    const right = !closed && (await this.passwords.verify(account?.password_hash, password));
    const lane = device ? { device } : { loginIdKey: key };
    const settled = closed ?? (await this.waitingTimes.settle(lane, right, visit));
    const refuse = (reason: Reason) => this.#log(act, reason, account, visit);

    if (!settled.told || !right) await this.#countFailure(account);
    if (!settled.told) {
      await refuse(settled.reason);
      if (settled.reason === 'waiting') return { ok: false, reason: 'refused' };
      return { ok: false, reason: 'too-many-failures', retryAfter: settled.retryAfter };
    }
    if (!account || !right) {
      await refuse(account ? 'password-wrong' : 'account-unknown');
      return { ok: false, reason: 'refused' };
    }
    if (account.state === 'registered') {
      await refuse('registration-unfinished');
      return { ok: false, reason: 'registration-unfinished', accountId: account.id };
    }
    if (account.state !== 'active' || account.held || !account.corporation_is_active) {
      await refuse(closedBecause(account));
      const reason = dependsOnCase(account) ? 'account-in-case' : 'account-closed';
      return { ok: false, reason, accountId: account.id };
    }
    // A password that is given again was asked for by a page that decides itself who reaches it.
    if (act === 'sign-in' && !account.is_admitted) {
      await refuse('address-refused');
      return { ok: false, reason: 'address-refused', accountId: account.id, role: account.role };
    }
    const { id: accountId, password_hash: passwordHash } = account;
    const isOutdated = this.passwords.isOutdated(passwordHash);
    const renewedHash = isOutdated ? await this.passwords.hash(password) : passwordHash;
    return { ok: true, accountId, device, passwordHash, renewedHash };
  }

  async #find(key: string, visit: Visit): Promise<Candidate | undefined> {
    const found = await this.pool.query<Candidate>({
      name: 'find-credentials',
      text: `select a.id, a.corporation_id, a.state, a.password_hash, a.role, a.in_case,
                    coalesce(a.held_until > genkan_now(), false) as held,
                    c.state = 'active' as corporation_is_active,
                    not c.has_ip_versions or (ip_verdict(c.id, $2)).admitted as is_admitted
             from accounts a join corporations c on c.id = a.corporation_id
             where a.login_id_key = $1`,
      values: [key, visit.address],
    });
    return found.rows[0];
  }

  /** The owner sees after the next sign-in how often it failed before. */
  async #countFailure(account: Candidate | undefined): Promise<void> {
    await this.pool.query({
      name: 'count-failure',
      text: 'update accounts set failures_since_sign_in = failures_since_sign_in + 1 where id = $1',
      values: [account?.id ?? null],
    });
  }

  async #log(
    act: Act,
    reason: Reason,
    account: Candidate | undefined,
    visit: Visit,
  ): Promise<void> {
    const { id: accountId, corporation_id: corporationId } = account ?? {};
    const facts = browserFacts(visit.browser);
    await this.audit.record({ act, reason, accountId, corporationId, facts, visit });
  }
}

function closedBecause(account: Candidate): Reason {
  if (!account.corporation_is_active) return 'corporation-closed';
  if (account.state === 'active') return 'case-held';
  return account.state === 'deleted' ? 'account-deleted' : 'account-suspended';
}

/** The case is shown to whoever gives the right password. */
function dependsOnCase({ state, held, in_case, corporation_is_active }: Candidate): boolean {
  return (held || in_case) && state !== 'deleted' && corporation_is_active;
}
