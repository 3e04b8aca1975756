import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { Audit } from '../audit/audit.js';
import { HourlyCounts } from '../audit/hourly-counts.js';
import type { Act, Reason } from '../audit/reasons.js';
import { loginIdKey } from '../identity/login-id.js';
import type { Role } from '../identity/role.js';
import { browserFacts } from '../web/browser-name.js';
import type { Visit } from '../web/visit.js';
import { Candidates, type Attempt, type Candidate } from './candidates.js';
import { HashRoom } from './hash-room.js';
import { Passwords, type HashTurn } from './passwords.js';
import { WaitingTimes } from './waiting-times.js';

/** Whose credentials were right, and with which hash that was found. */
export interface ProvenCredentials {
  accountId: string;
  loginIdKey: string;
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

/** Nothing is compared for who waits. */
type Compared = Attempt & { right: boolean | 'waiting' | 'network-waiting' };

/** Refusals answer on this beat (milliseconds), so that their time tells nothing about what was found. */
const BEAT = 100;
/** So many failures in an hour, everywhere, are told to the operator; they refuse nobody. */
const FAILURES_THAT_ALARM = 20_000;

/** Login ID and password, checked in the order of their security. */
@Injectable()
export class Credentials {
  constructor(
    private readonly pool: Pool,
    private readonly room: HashRoom,
    private readonly candidates: Candidates,
    private readonly passwords: Passwords,
    private readonly waitingTimes: WaitingTimes,
    private readonly audit: Audit,
    private readonly counts: HourlyCounts,
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
    const key = loginIdKey(loginId);
    const compared = await this.room.forSignIn(key, visit, (turn) =>
      this.#compare(turn, key, password, visit),
    );
    const checked = await this.#judge(compared, key, password, visit, act);
    if (!checked.ok) await wait(BEAT - ((performance.now() - started) % BEAT));
    return checked;
  }

  /** Waiting takes as long as a comparison, and is no comparison. */
  async #compare(turn: HashTurn, key: string, password: string, visit: Visit): Promise<Compared> {
    const attempt = await this.candidates.find(key, visit);
    const isNew = !attempt.device && !visit.person;
    if (isNew && attempt.networkWaits > 0) return { ...attempt, right: 'network-waiting' };
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
    if (right === 'network-waiting') {
      this.counts.add(act, 'address-exhausted');
      return { ok: false, reason: 'too-many-failures', retryAfter: networkWaits };
    }
    const isTold =
      right !== 'waiting' &&
      (await this.waitingTimes.settle(device ? { device } : { loginIdKey: key }, right, visit));
    if (!isTold) {
      this.counts.add(act, 'waiting', { accountId: account?.id });
      return { ok: false, reason: 'refused' };
    }
    if (!account || !right) {
      await this.#fail(act, account, visit);
      return { ok: false, reason: 'refused' };
    }
    if (account.state === 'registered') {
      await refuse('registration-unfinished');
      return { ok: false, reason: 'registration-unfinished', accountId: account.id };
    }
    if (account.state !== 'active' || account.held || !account.corporationIsActive) {
      await refuse(closedBecause(account));
      const reason = dependsOnCase(account) ? 'account-in-case' : 'account-closed';
      return { ok: false, reason, accountId: account.id };
    }
    // A password that is given again was asked for by a page that decides itself who reaches it.
    if (act === 'sign-in' && !account.isAdmitted) {
      await refuse('address-refused');
      return { ok: false, reason: 'address-refused', accountId: account.id, role: account.role };
    }
    const { id: accountId, passwordHash } = account;
    const renewedHash = await this.#renewed(passwordHash, password, key, visit);
    return { ok: true, accountId, loginIdKey: key, device, passwordHash, renewedHash };
  }

  /** The owner sees after the next sign-in how often it failed before; unknown login IDs are only counted. */
  async #fail(act: Act, account: Candidate | undefined, visit: Visit): Promise<void> {
    this.counts.add(act, 'all-failures', { alarmAt: FAILURES_THAT_ALARM });
    if (!account) this.counts.add(act, 'account-unknown');
    await this.pool.query({
      name: 'count-failure',
      text: 'update accounts set failures_since_sign_in = failures_since_sign_in + 1 where id = $1',
      values: [account?.id ?? null],
    });
    if (account) await this.#log(act, 'password-wrong', account, visit);
  }

  async #renewed(passwordHash: string, password: string, key: string, visit: Visit) {
    if (!this.passwords.isOutdated(passwordHash)) return passwordHash;
    return this.passwords.hash(password, this.room.sourceOf(key, visit));
  }

  async #log(
    act: Act,
    reason: Reason,
    account: Candidate | undefined,
    visit: Visit,
  ): Promise<void> {
    const { id: accountId, corporationId } = account ?? {};
    const facts = browserFacts(visit.browser);
    await this.audit.record({ act, reason, accountId, corporationId, facts, visit });
  }
}

function closedBecause(account: Candidate): Reason {
  if (!account.corporationIsActive) return 'corporation-closed';
  if (account.state === 'active') return 'case-held';
  return account.state === 'deleted' ? 'account-deleted' : 'account-suspended';
}

/** The case is shown to whoever gives the right password. */
function dependsOnCase({ state, held, inCase, corporationIsActive }: Candidate): boolean {
  return (held || inCase) && state !== 'deleted' && corporationIsActive;
}
