import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { hashOf, newCookieSecret, splitCookie } from '../../auth/secrets.js';
import { FactorChecks, type FactorRefusal } from '../../auth/second-factor/factor-checks.js';
import { RecoveryCodes } from '../../auth/second-factor/recovery-codes.js';
import type { EnteredFactor, Factor } from '../../auth/second-factor/second-factors.js';
import { after, databaseNow } from '../../database/clock.js';
import { inTransaction } from '../../database/transaction.js';
import { Operator } from '../../identity/operator.entity.js';
import { Cookie } from '../../web/cookies.js';
import type { Visit } from '../../web/visit.js';
import { DeskBrowsers } from './desk-browsers.js';
import { DeskCredentials, type ProvenOperator } from './desk-credentials.js';
import { DESK_ABSOLUTE_MS, DeskSessions, OWN_APP } from './desk-sessions.js';
import { OperatorSession } from './operator-session.entity.js';
import { OperatorSignIn } from './operator-sign-in.entity.js';

interface DeskSignedIn {
  ok: true;
  codesLeft: number | undefined;
}

const LASTS = { minutes: 5 };

/** The way from the right password to the session. Nothing else opens one at the desk. */
@Injectable()
export class DeskSignIn {
  readonly #cookie = Cookie.opener('desk-sign-in');

  constructor(
    private readonly em: EntityManager,
    private readonly checks: FactorChecks,
    private readonly credentials: DeskCredentials,
    private readonly sessions: DeskSessions,
    private readonly browsers: DeskBrowsers,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly audit: Audit,
  ) {}

  /**
   * It waits for the factor in this browser. At a known one it takes the place of none but its own, so
   * whoever knows the password does not throw the owner out.
   * @returns false when the password changed since it was checked
   */
  async begin(proven: ProvenOperator, visit: Visit): Promise<boolean> {
    const { id, hash: secretHash, cookie } = newCookieSecret();
    const known = await this.browsers.known(proven.loginIdKey, visit);
    const begun = await inTransaction(this.em, async () => {
      const operator = await this.#hold(proven.operatorId);
      if (!operator?.isReady || operator.passwordHash !== proven.passwordHash) return false;
      operator.passwordHash = proven.renewedHash;
      const browser = known ?? '';
      await this.em.nativeDelete(OperatorSignIn, { operator, browser });
      const endsAt = after(await databaseNow(this.em), LASTS);
      await this.em.insert(OperatorSignIn, { id, operator, browser, secretHash, endsAt });
      return true;
    });
    if (!begun) return false;
    await this.credentials.log('desk-sign-in', 'second-factor-needed', proven.name, visit);
    this.#cookie.set(visit, cookie);
    return true;
  }

  /** The sign-in that waits in this browser. */
  async waiting(visit: Visit): Promise<OperatorSignIn | undefined> {
    const cookie = splitCookie(this.#cookie.read(visit));
    if (!cookie) return undefined;
    const now = await databaseNow(this.em);
    const live = { id: cookie.id, secretHash: hashOf(cookie.secret), endsAt: { $gt: now } };
    const populate = ['operator'] as const;
    return (await this.em.findOne(OperatorSignIn, live, { populate, refresh: true })) ?? undefined;
  }

  /** Names the question that a passkey answers. */
  ceremonyOf({ id }: OperatorSignIn): string {
    return `desk-sign-in ${id}`;
  }

  /**
   * The factor and the session stand or fall together.
   * @returns how many recovery codes are left, where one was used
   */
  async finish(given: EnteredFactor, visit: Visit): Promise<DeskSignedIn | FactorRefusal> {
    const waiting = await this.waiting(visit);
    if (!waiting) return { ok: false, reason: 'sign-in-over' };
    const { id, loginIdKey, name } = waiting.operator;
    const browser = await this.browsers.known(loginIdKey, visit);
    const answer = { ...given, ceremony: this.ceremonyOf(waiting) };
    let codesLeft: number | undefined;
    const checked = await this.checks.checkOfOperator(id, browser, answer, visit, {
      hold: () => this.#isStillWaiting(waiting),
      done: async (factor) => {
        await this.em.nativeDelete(OperatorSignIn, { id: waiting.id });
        codesLeft = await this.#codesLeft(id, factor);
        await this.#open(id, factor, codesLeft, browser, visit);
        return 'open';
      },
    });
    if (!checked.ok) {
      await this.credentials.log('desk-sign-in', checked.reason, name, visit);
      return checked;
    }
    this.#cookie.clear(visit);
    return { ok: true, codesLeft };
  }

  /** The operator is held for all that ends it, so it waits until the caller's transaction ends. */
  async #isStillWaiting({ id, operator }: OperatorSignIn): Promise<boolean> {
    const held = await this.#hold(operator.id);
    return held?.isReady === true && (await this.em.count(OperatorSignIn, { id })) === 1;
  }

  async #codesLeft(operator: string, factor: Factor): Promise<number | undefined> {
    if (factor !== 'recovery-code') return undefined;
    return (await this.recoveryCodes.sheet({ operator })).left;
  }

  /** With the factor just given. A former session of the browser ends. */
  async #open(
    id: string,
    factor: Factor,
    codesLeft: number | undefined,
    browser: string | undefined,
    visit: Visit,
  ): Promise<void> {
    await this.sessions.end(visit);
    const operator = await this.em.findOneOrFail(Operator, id);
    const now = await databaseNow(this.em);
    const session = newCookieSecret();
    await this.em.insert(OperatorSession, {
      id: session.id,
      secretHash: session.hash,
      operator: id,
      address: visit.address,
      browser: visit.browser,
      endsAt: new Date(now.getTime() + DESK_ABSOLUTE_MS),
      // Nothing is left to give for another app, which alone leads out of this.
      factorGivenFor: codesLeft === 0 ? OWN_APP : null,
      previousSignInAt: operator.lastSignInAt,
    });
    operator.lastSignInAt = now;
    this.sessions.cookie.set(visit, session.cookie);
    this.browsers.remember(operator, browser, visit);
    await this.audit.done('desk-sign-in', { visit }, { operator: operator.name, factor });
  }

  async signOut(visit: Visit): Promise<void> {
    await inTransaction(this.em, async () => {
      await this.sessions.end(visit);
      const operator = visit.desk?.operator;
      if (operator) await this.audit.done('desk-sign-out', { visit }, { operator: operator.name });
    });
  }

  async #hold(id: string): Promise<Operator | null> {
    const lockMode = LockMode.PESSIMISTIC_WRITE;
    const populate = ['passwordHash'] as const;
    return this.em.findOne(Operator, { id }, { lockMode, populate, refresh: true });
  }
}
