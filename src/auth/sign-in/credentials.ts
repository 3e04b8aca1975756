import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { Audit } from '../../audit/audit.js';
import { HourlyCounts } from '../../audit/hourly-counts.js';
import type { Act } from '../../audit/acts.js';
import type { Reason } from '../../audit/reasons.js';
import { loginIdKey } from '../../identity/login-id.js';
import type { Visit } from '../../web/visit.js';
import type { Source } from '../../limits/source.js';
import { Passwords, type HashTurn } from '../passwords/passwords.js';
import { SLOW_BEAT, untilBeat, type ComparedAt } from './beat.js';
import { ownerRefusal, refusalBefore, type RefusedOwner } from './admission.js';
import { FailingNetworks } from './failing-networks.js';
import { Candidates, type Attempt, type Candidate } from './candidates.js';
import { keyOfLane } from './lanes.js';
import { WaitingTimes } from './waiting-times.js';

/** Credentials that were right, and the hash that they were compared with. */
export interface ProvenCredentials {
  accountId: string;
  corporationId: string;
  loginIdKey: string;
  device: string | undefined;
  passwordHash: string;
  /** The hash to keep from a sign-in on: another one when its parameters are not today's. */
  renewedHash: string;
  /** At a sign-in: the lane whose count ends with it, in one statement with all else that it writes. */
  unsettled?: { lane: string; startedAt: number } | undefined;
}

/** `accountId` is there only after a right password: before, pages answer all reasons alike. */
type RefusedCredentials =
  | { ok: false; reason: 'waiting' | 'password-wrong' }
  | { ok: false; reason: 'address-exhausted'; retryAfter: number }
  | ({ ok: false; reason: 'second-factor-needed' } & ProvenCredentials)
  | RefusedOwner;

export type Checked = ({ ok: true } & ProvenCredentials) | RefusedCredentials;

/** Nothing is compared while the lane or the network waits. */
type Compared = Attempt & { right: boolean | 'waiting' | 'address-exhausted' };

const COUNT_FAILURE = {
  name: 'count-failure',
  text: 'update accounts set failures_since_sign_in = failures_since_sign_in + 1 where id = $1',
};

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
    const compares = (turn: HashTurn) => this.#compare(turn, key, password, visit);
    const compared = await this.passwords.inTurn(source, compares, visit.onceGone);
    const times = { started, compared: performance.now() };
    const checked = await this.#judge({ ...compared, started }, key, password, visit, act);
    if (!checked.ok && checked.reason !== 'second-factor-needed')
      await this.#holdBack(checked.reason, times, source);
    return checked;
  }

  /** The lane of right credentials began to wait since they were compared: answers as that does. */
  async refuseLate({ accountId, loginIdKey, unsettled }: ProvenCredentials, visit: Visit) {
    this.counts.add('sign-in', 'waiting', { accountId });
    const source = this.candidates.sourceOf(loginIdKey, visit);
    const times = { started: unsettled!.startedAt, compared: performance.now() };
    await this.#holdBack('waiting', times, source);
  }

  async #holdBack(reason: Reason, times: ComparedAt, source: Source): Promise<void> {
    if (reason === 'password-wrong' && !source.isKnown) this.passwords.note(source);
    const isGuess = reason === 'password-wrong' || reason === 'waiting';
    const isSlow = isGuess && !source.isKnown && this.failing.note(source);
    await untilBeat(times, isSlow ? SLOW_BEAT : undefined);
  }

  /** Waiting takes as long as a comparison, and is no comparison. */
  async #compare(turn: HashTurn, key: string, password: string, visit: Visit): Promise<Compared> {
    const attempt = await this.candidates.find(key, visit);
    const refusal = refusalBefore(attempt, !attempt.device && !visit.person);
    if (refusal === 'waiting') await turn.pretend();
    if (refusal) return { ...attempt, right: refusal };
    return { ...attempt, right: await turn.verify(attempt.account?.passwordHash, password) };
  }

  async #judge(
    { account, device, right, networkWaits, asksFactor, started }: Compared & { started: number },
    key: string,
    password: string,
    visit: Visit,
    act: Act,
  ): Promise<Checked> {
    if (right === 'address-exhausted') {
      this.counts.add(act, right);
      return { ok: false, reason: right, retryAfter: networkWaits };
    }
    const lane = device ? { device } : { loginIdKey: key };
    const isSignIn = act === 'sign-in';
    const isAsked = isSignIn && asksFactor;
    // Pages that ask for the password again have their own rule about addresses.
    const refused = account && ownerRefusal(account, { anywhere: !isSignIn });
    // The statement of a sign-in that goes on settles it, unless a hash stands before that.
    const goesOn =
      right === true &&
      isSignIn &&
      account !== undefined &&
      (isAsked || !refused) &&
      !this.passwords.isOutdated(account.passwordHash);
    const isTold =
      right !== 'waiting' && (goesOn || (await this.waitingTimes.settle(lane, right, visit)));
    if (!isTold) {
      this.counts.add(act, 'waiting', { accountId: account?.id });
      return { ok: false, reason: 'waiting' };
    }
    if (!account || !right) {
      await this.#fail(act, account, visit);
      return { ok: false, reason: 'password-wrong' };
    }
    if (refused && !isAsked) {
      await this.#log(act, refused.reason, account, visit);
      return refused;
    }
    const { id: accountId, corporationId, passwordHash } = account;
    const renewedHash = isSignIn
      ? await this.#renewed(passwordHash, password, key, visit)
      : passwordHash;
    const unsettled = goesOn ? { lane: keyOfLane(lane), startedAt: started } : undefined;
    const owner = { accountId, corporationId, loginIdKey: key };
    const proven = { ...owner, device, passwordHash, renewedHash, unsettled };
    return isAsked
      ? { ok: false, reason: 'second-factor-needed', ...proven }
      : { ok: true, ...proven };
  }

  /** The state and the address as they are when the second factor was given, too. */
  async refusalNow(accountId: string, visit: Visit): Promise<RefusedOwner | undefined> {
    const account = await this.candidates.findAgain(accountId, visit);
    const refused = ownerRefusal(account);
    if (refused) await this.#log('sign-in', refused.reason, account, visit);
    return refused;
  }

  /** Everything before was right, and the second factor wrong. */
  async failFactor(accountId: string, visit: Visit, act: Act = 'sign-in'): Promise<void> {
    await this.pool.query({ ...COUNT_FAILURE, values: [accountId] });
    const account = await this.candidates.findAgain(accountId, visit);
    await this.#log(act, 'second-factor-wrong', account, visit);
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
