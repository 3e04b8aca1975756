import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { Audit } from '../../audit/audit.js';
import { HourlyCounts } from '../../audit/hourly-counts.js';
import type { Act } from '../../audit/acts.js';
import type { Reason } from '../../audit/reasons.js';
import { Passwords, type HashTurn } from '../../auth/passwords/passwords.js';
import { SLOW_BEAT, untilBeat } from '../../auth/sign-in/beat.js';
import { FailingNetworks } from '../../auth/sign-in/failing-networks.js';
import { keyOfLane, networkKeys, type DeskLane } from '../../auth/sign-in/lanes.js';
import { WaitingTimes } from '../../auth/sign-in/waiting-times.js';
import { loginIdKey } from '../../identity/login-id.js';
import type { Source } from '../../limits/source.js';
import type { Visit } from '../../web/visit.js';
import { DeskBrowsers } from './desk-browsers.js';
import { knownDeskSource, strangeDeskSource } from './desk-source.js';

/** A password that was right, and the hash that it was compared with. */
export interface ProvenOperator {
  operatorId: string;
  name: string;
  loginIdKey: string;
  passwordHash: string;
  /** The hash to keep from now on: another one when its parameters are not today's. */
  renewedHash: string;
}

type OperatorChecked =
  | ({ ok: true } & ProvenOperator)
  | { ok: false; reason: 'waiting' | 'password-wrong' }
  | { ok: false; reason: 'address-exhausted'; retryAfter: number };

interface Asked {
  key: string;
  /** Known at the login ID. */
  browser: string | undefined;
  source: Source;
  password: string;
  visit: Visit;
  act: Act;
}

interface Attempt {
  /** Null for login IDs of nobody, and of those who cannot sign in. */
  operatorId: string | null;
  name: string;
  passwordHash: string | null;
  waits: boolean | null;
  networkWaits: number | null;
}

type Compared = Attempt & { right: boolean | 'waiting' | 'address-exhausted' };

/** It costs the same for login IDs that exist and for others. */
const FIND = {
  name: 'find-operator-credentials',
  text: `
  select o.id as "operatorId", o.name, o.password_hash as "passwordHash",
         (select w.waits_until > genkan_now() from waiting_times w where w.key = $2) as waits,
         (select ceil(extract(epoch from max(w.waits_until) - genkan_now()))::int
          from waiting_times w
          where w.key = any($3) and w.waits_until > genkan_now()) as "networkWaits"
  from (select $1::text as login_id_key) typed
  left join operators o on o.login_id_key = typed.login_id_key and o.ended_at is null
    and not o.must_change_password and o.second_factor_since is not null`,
};

/**
 * Login ID and password of the desk, by the rules of the customers' sign-in and with counters apart.
 * People who have not set up password and factor, or who left, look like unknown ones.
 */
@Injectable()
export class DeskCredentials {
  constructor(
    private readonly pool: Pool,
    private readonly browsers: DeskBrowsers,
    private readonly passwords: Passwords,
    private readonly waitingTimes: WaitingTimes,
    private readonly failing: FailingNetworks,
    private readonly audit: Audit,
    private readonly counts: HourlyCounts,
  ) {}

  /**
   * @param act the purpose; all purposes share the counters
   * @throws ServiceUnavailableException when too many passwords are being checked
   */
  async check(
    loginId: string,
    password: string,
    visit: Visit,
    act: Act = 'desk-sign-in',
  ): Promise<OperatorChecked> {
    const started = performance.now();
    const key = loginIdKey(loginId);
    const browser = await this.browsers.known(key, visit);
    const source = browser
      ? knownDeskSource(`browser ${browser}`, visit)
      : strangeDeskSource(`login ID ${key}`, visit);
    const asked = { key, browser, source, password, visit, act };
    const compares = (turn: HashTurn) => this.#compare(turn, asked);
    const compared = await this.passwords.inTurn(source, compares, visit.onceGone);
    const times = { started, compared: performance.now() };
    const checked = await this.#judge(compared, asked);
    if (checked.ok) this.passwords.note(source, { account: checked.operatorId, company: 'desk' });
    else await untilBeat(times, this.#isSlow(checked.reason, source) ? SLOW_BEAT : undefined);
    return checked;
  }

  #isSlow(reason: Reason, source: Source): boolean {
    if (reason === 'password-wrong' && !source.isKnown) this.passwords.note(source);
    return reason !== 'address-exhausted' && !source.isKnown && this.failing.note(source);
  }

  /** Waiting takes as long as a comparison, and is no comparison. */
  async #compare(turn: HashTurn, asked: Asked): Promise<Compared> {
    const lane = laneOf(asked);
    const values = [asked.key, keyOfLane(lane), networkKeys(asked.visit, lane)];
    const found = (await this.pool.query<Attempt>({ ...FIND, values })).rows[0]!;
    if (!asked.browser && found.networkWaits) return { ...found, right: 'address-exhausted' };
    if (found.waits) {
      await turn.pretend();
      return { ...found, right: 'waiting' };
    }
    return { ...found, right: await turn.verify(found.passwordHash ?? undefined, asked.password) };
  }

  async #judge(found: Compared, asked: Asked): Promise<OperatorChecked> {
    const { right, operatorId, name, passwordHash } = found;
    const { key, act, visit } = asked;
    if (right === 'address-exhausted') {
      this.counts.add(act, right);
      return { ok: false, reason: right, retryAfter: found.networkWaits! };
    }
    if (right === 'waiting' || !(await this.waitingTimes.settle(laneOf(asked), right, visit))) {
      this.counts.add(act, 'waiting');
      return { ok: false, reason: 'waiting' };
    }
    if (operatorId === null || !right) {
      await this.#fail(found, asked);
      return { ok: false, reason: 'password-wrong' };
    }
    const renewedHash = await this.#renewed(passwordHash!, asked);
    const proven = { operatorId, name, loginIdKey: key, passwordHash: passwordHash!, renewedHash };
    return { ok: true, ...proven };
  }

  /** Failures at login IDs of nobody are counted by the hour alone. */
  async #fail({ operatorId, name }: Attempt, { act, visit }: Asked): Promise<void> {
    if (operatorId === null) this.counts.add(act, 'account-unknown');
    else await this.log(act, 'password-wrong', name, visit);
  }

  /** No company's log, because the desk belongs to none. Tries while waiting are counted by the hour alone. */
  async log(
    act: Act,
    reason: Reason,
    operator: string,
    visit: Visit,
    facts: Record<string, string> = {},
  ): Promise<void> {
    if (reason === 'waiting') this.counts.add(act, reason);
    else await this.audit.record(act, reason, { visit }, { operator, ...facts });
  }

  async #renewed(passwordHash: string, { password, source }: Asked): Promise<string> {
    if (!this.passwords.isOutdated(passwordHash)) return passwordHash;
    return this.passwords.hash(password, source);
  }
}

function laneOf({ key, browser }: Asked): DeskLane {
  return browser ? { operatorBrowser: browser } : { operatorKey: key };
}
