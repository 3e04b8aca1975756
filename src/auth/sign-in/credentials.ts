import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { Audit } from '../../audit/audit.js';
import { HourlyCounts } from '../../audit/hourly-counts.js';
import type { Act, Reason } from '../../audit/reasons.js';
import { loginIdKey } from '../../identity/login-id.js';
import type { Role } from '../../identity/role.js';
import type { Visit } from '../../web/visit.js';
import { Passwords, type HashTurn } from '../passwords/passwords.js';
import { FailingNetworks } from './failing-networks.js';
import { Candidates, type Attempt, type Candidate } from './candidates.js';
import { WaitingTimes } from './waiting-times.js';

/** Credentials that were right, and the hash that they were compared with. */
export interface ProvenCredentials {
  accountId: string;
  loginIdKey: string;
  device: string | undefined;
  passwordHash: string;
  /** The hash to keep from now on: another one when its parameters are not today's. */
  renewedHash: string;
}

type Closure = 'corporation-closed' | 'case-held' | 'account-suspended' | 'account-deleted';

/** `accountId` is there only after a right password: before, pages answer all reasons alike. */
export type RefusedCredentials =
  | { ok: false; reason: 'waiting' | 'password-wrong' }
  | { ok: false; reason: 'address-exhausted'; retryAfter: number }
  | { ok: false; reason: 'registration-unfinished'; accountId: string }
  | { ok: false; reason: Closure; accountId: string; hasCase: boolean }
  | { ok: false; reason: 'address-refused'; accountId: string; role: Role };

export type Checked = ({ ok: true } & ProvenCredentials) | RefusedCredentials;

/** Nothing is compared while the lane or the network waits. */
type Compared = Attempt & { right: boolean | 'waiting' | 'address-exhausted' };

const COUNT_FAILURE = {
  name: 'count-failure',
  text: 'update accounts set failures_since_sign_in = failures_since_sign_in + 1 where id = $1',
};

/** Refusals answer on this beat (milliseconds), so that their time does not tell what was found. */
const BEAT = 100;
/** Networks that fail often are answered late, so that they ask for fewer turns. */
const SLOW_BEAT = 1_000;
/** So many failures in an hour, everywhere, are told to the operator; they refuse nobody. */
const FAILURES_THAT_ALARM = 20_000;

/** Login ID and password, checked in the order of their security. */
@Injectable()
export class Credentials {
  constructor(
    private readonly pool: Pool,
    private readonly candidates: Candidates,
    private readonly passwords: Passwords,
    private readonly waitingTimes: WaitingTimes,
    private readonly audit: Audit,
    private readonly counts: HourlyCounts,
    private readonly failing: FailingNetworks,
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
    const key = loginIdKey(loginId);
    const source = this.candidates.sourceOf(key, visit);
    const compared = await this.passwords.inTurn(source, (turn) =>
      this.#compare(turn, key, password, visit),
    );
    const checked = await this.#judge(compared, key, password, visit, act);
    if (!checked.ok) {
      const isGuess = checked.reason === 'password-wrong' || checked.reason === 'waiting';
      const isSlow = isGuess && !source.isKnown && this.failing.note(source);
      const beat = isSlow ? SLOW_BEAT : BEAT;
      await wait(beat - ((performance.now() - started) % beat));
    }
    return checked;
  }

  /** Waiting takes as long as a comparison, and is no comparison. */
  async #compare(turn: HashTurn, key: string, password: string, visit: Visit): Promise<Compared> {
    const attempt = await this.candidates.find(key, visit);
    const isNew = !attempt.device && !visit.person;
    if (isNew && attempt.networkWaits > 0) return { ...attempt, right: 'address-exhausted' };
    if (attempt.waits) {
      await turn.pretend();
      return { ...attempt, right: 'waiting' };
    }
    return { ...attempt, right: await turn.verify(attempt.account?.passwordHash, password) };
  }

  async #judge(
    { account, device, right, networkWaits }: Compared,
    key: string,
    password: string,
    visit: Visit,
    act: Act,
  ): Promise<Checked> {
    const refuse = (reason: Reason) => this.#log(act, reason, account, visit);
    if (right === 'address-exhausted') {
      this.counts.add(act, right);
      return { ok: false, reason: right, retryAfter: networkWaits };
    }
    const lane = device ? { device } : { loginIdKey: key };
    if (right === 'waiting' || !(await this.waitingTimes.settle(lane, right, visit))) {
      this.counts.add(act, 'waiting', { accountId: account?.id });
      return { ok: false, reason: 'waiting' };
    }
    if (!account || !right) {
      await this.#fail(act, account, visit);
      return { ok: false, reason: 'password-wrong' };
    }
    const { id: accountId, role, passwordHash } = account;
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
    if (act === 'sign-in' && !account.isAdmitted) {
      await refuse('address-refused');
      return { ok: false, reason: 'address-refused', accountId, role };
    }
    const renewedHash = await this.#renewed(passwordHash, password, key, visit);
    return { ok: true, accountId, loginIdKey: key, device, passwordHash, renewedHash };
  }

  /** After the next sign-in the owner sees the number of failures; unknown login IDs are only counted. */
  async #fail(act: Act, account: Candidate | undefined, visit: Visit): Promise<void> {
    this.counts.add(act, 'all-failures', { alarmAt: FAILURES_THAT_ALARM });
    if (!account) this.counts.add(act, 'account-unknown');
    await this.pool.query({ ...COUNT_FAILURE, values: [account?.id ?? null] });
    if (account) await this.#log(act, 'password-wrong', account, visit);
  }

  async #renewed(passwordHash: string, password: string, key: string, visit: Visit) {
    if (!this.passwords.isOutdated(passwordHash)) return passwordHash;
    return this.passwords.hash(password, this.candidates.sourceOf(key, visit));
  }

  async #log(
    act: Act,
    reason: Reason,
    account: Candidate | undefined,
    visit: Visit,
  ): Promise<void> {
    const { id: accountId, corporationId } = account ?? {};
    const of = { accountId, corporationId, visit };
    await this.audit.record(act, reason, of);
  }
}

function closureOf({ state, held, corporationIsActive }: Candidate): Closure | undefined {
  if (!corporationIsActive) return 'corporation-closed';
  if (state === 'active') return held ? 'case-held' : undefined;
  return state === 'deleted' ? 'account-deleted' : 'account-suspended';
}

/** The page of the case opens to everybody who gives the right password. */
function hasCase({ state, held, inCase, corporationIsActive }: Candidate): boolean {
  return (held || inCase) && state !== 'deleted' && corporationIsActive;
}
