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
import { WaitingTimes, type Exhaustion } from './waiting-times.js';

/** Credentials that were right, and the hash that they were compared with. */
export interface ProvenCredentials {
  accountId: string;
  /** The known browser, if it is one. */
  device: string | undefined;
  passwordHash: string;
  /** The hash to keep from now on: another one when its parameters are not today's. */
  renewedHash: string;
}

type Closure = 'corporation-closed' | 'case-held' | 'account-suspended' | 'account-deleted';

/** `accountId` is there only after a right password: before, pages answer all reasons alike. */
export type RefusedCredentials =
  | { ok: false; reason: 'waiting' | 'account-unknown' | 'password-wrong' }
  | ({ ok: false } & Exhaustion)
  | { ok: false; reason: 'registration-unfinished'; accountId: string }
  | { ok: false; reason: Closure; accountId: string; hasCase: boolean }
  | { ok: false; reason: 'address-refused'; accountId: string; role: Role };

export type Checked = ({ ok: true } & ProvenCredentials) | RefusedCredentials;

interface Candidate {
  id: string;
  corporation_id: string;
  state: 'registered' | 'active' | 'suspended' | 'deleted';
  corporation_is_active: boolean;
  /** A newcomer who may not act yet. */
  held: boolean;
  /** A newcomer stopped by an objection. */
  in_case: boolean;
  password_hash: string;
  role: Role;
  is_admitted: boolean;
}

/** Prepared, like the next one: each try at each login ID runs it, also when thousands guess. */
const FIND = {
  name: 'find-credentials',
  text: `select a.id, a.corporation_id, a.state, a.password_hash, a.role, a.in_case,
                coalesce(a.held_until > genkan_now(), false) as held,
                c.state = 'active' as corporation_is_active,
                not c.has_ip_versions or (ip_verdict(c.id, $2)).admitted as is_admitted
         from accounts a join corporations c on c.id = a.corporation_id
         where a.login_id_key = $1`,
};

const COUNT_FAILURE = {
  name: 'count-failure',
  text: 'update accounts set failures_since_sign_in = failures_since_sign_in + 1 where id = $1',
};

/** Refusals answer on this beat (milliseconds), so that their time does not tell what was found. */
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
   * @param act the purpose; all purposes share the counters
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
    // A known browser passes even where an address is shut, and costs no more than others.
    const closed = device ? undefined : await this.waitingTimes.closed(visit);
    const right = !closed && (await this.passwords.verify(account?.password_hash, password));
    const lane = device ? { device } : { loginIdKey: key };
    const settled = closed ?? (await this.waitingTimes.settle(lane, right, visit));
    const refuse = (reason: Reason) => this.#log(act, reason, account, visit);

    if (!settled.told || !right) await this.#countFailure(account);
    if (!settled.told) {
      await refuse(settled.reason);
      const { told: _, ...refusal } = settled;
      return { ok: false, ...refusal };
    }
    if (!account || !right) {
      const reason = account ? 'password-wrong' : 'account-unknown';
      await refuse(reason);
      return { ok: false, reason };
    }
    const { id: accountId, role, password_hash: passwordHash } = account;
    if (account.state === 'registered') {
      await refuse('registration-unfinished');
      return { ok: false, reason: 'registration-unfinished', accountId };
    }
    const closure = closureOf(account);
    if (closure) {
      await refuse(closure);
      return { ok: false, reason: closure, accountId, hasCase: hasCase(account) };
    }
    // Pages that ask for the password again have their own rule about addresses.
    if (act === 'sign-in' && !account.is_admitted) {
      await refuse('address-refused');
      return { ok: false, reason: 'address-refused', accountId, role };
    }
    const isOutdated = this.passwords.isOutdated(passwordHash);
    const renewedHash = isOutdated ? await this.passwords.hash(password) : passwordHash;
    return { ok: true, accountId, device, passwordHash, renewedHash };
  }

  async #find(key: string, visit: Visit): Promise<Candidate | undefined> {
    const found = await this.pool.query<Candidate>({ ...FIND, values: [key, visit.address] });
    return found.rows[0];
  }

  /** After the next sign-in the owner sees the number of failures before it. */
  async #countFailure(account: Candidate | undefined): Promise<void> {
    await this.pool.query({ ...COUNT_FAILURE, values: [account?.id ?? null] });
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

function closureOf({ state, held, corporation_is_active }: Candidate): Closure | undefined {
  if (!corporation_is_active) return 'corporation-closed';
  if (state === 'active') return held ? 'case-held' : undefined;
  return state === 'deleted' ? 'account-deleted' : 'account-suspended';
}

/** The page of the case opens to everybody who gives the right password. */
function hasCase({ state, held, in_case, corporation_is_active }: Candidate): boolean {
  return (held || in_case) && state !== 'deleted' && corporation_is_active;
}
