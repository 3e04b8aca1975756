import { createHmac } from 'node:crypto';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Pool } from 'pg';
import { Audit } from '../../audit/audit.js';
import { Config } from '../../config.js';
import { sqlNow } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import { inTransaction } from '../../database/transaction.js';
import { Cookie } from '../../web/cookies.js';
import { NO_TIME_LEFT, sessionTimeLeft, type TimeLeft } from '../../web/session-time.js';
import type { PersonInSession, SessionTimes, Visit } from '../../web/visit.js';
import { hashOf, isSame, newCookieSecret, splitCookie } from '../secrets.js';
import { EndedSession } from './ended-session.entity.js';
import { FIND_SESSION, type NewsOfPerson } from './find-session.js';
import type { SessionEnd } from './ended-sessions.js';
import { endedMeanwhile } from './hold-signed-in.js';
import { LastSeen } from './last-seen.js';
import { Session } from './session.entity.js';

/** A new password leaves it to whoever gave the last recovery code for another app. */
const EXCHANGE_ALONE = sql<string>`case factor_given_for when 'exchange' then 'exchange' end`;

export interface SignedIn extends PersonInSession, NewsOfPerson {
  /** The request in which the person acts. */
  visit: Visit;
  /** By the clock that all deadlines are compared with. */
  now: Date;
  previousSignInAt: Date | null;
  previousSignInAddress: string | null;
  failuresBefore: number;
  loginId: string;
  /** Given within the last five minutes. */
  passwordIsFresh: boolean;
  factorIsFresh: boolean;
  factorConfirmedAt: Date | null;
  /** The change of factors that it was given for, not made yet and in time. */
  factorGivenFor: string | null;
  hasFactor: boolean;
  /** Until when a second factor is to be set up; null for those who have one, or need none. */
  factorDueAt: Date | null;
  /** The company's restriction admits the address of this request. */
  isAdmitted: boolean;
  /** The network of the list that admits it; null where nothing is restricted. */
  admittedBy: string | null;
  /** Opened by an emergency ticket: it reaches nothing but the pages of the restriction. */
  isEmergency: boolean;
  emergencyUntil: Date | null;
  /** Opened at the end of the removal of a lost factor: it can only set up another one. */
  enrolsOnly: boolean;
  /** The set-up of a second factor comes before everything else (duty/set-up.guard.ts). */
  mustSetUpFactor: boolean;
  /** Until when the desk suspends the company's restriction. */
  suspendedUntil: Date | null;
  /** Until when a newcomer may do only few things; null for everybody else. */
  probationEndsAt: Date | null;
  isNewcomer: boolean;
}

type SessionCookie = NonNullable<ReturnType<typeof splitCookie>>;

/** At most one of them. */
interface FoundSession {
  person?: SignedIn | undefined;
  ended?: SessionEnd | undefined;
}

type Row = Omit<SignedIn, 'visit' | 'session'> & {
  secretHash: Buffer;
  lastSeenAt: Date;
  lastsUntil: Date;
};

@Injectable()
export class Sessions {
  readonly cookie = Cookie.opener('session');
  readonly #key: Buffer;

  constructor(
    private readonly config: Config,
    private readonly em: EntityManager,
    private readonly pool: Pool,
    private readonly lastSeen: LastSeen,
    private readonly audit: Audit,
  ) {
    this.#key = config.keyFor('session-successors');
  }

  /** The session goes on from now, if it did not end yet, also after this request confirmed it. */
  async find(visit: Visit): Promise<FoundSession> {
    const cookie = splitCookie(this.cookie.latest(visit));
    return cookie ? this.#find(cookie, visit) : {};
  }

  /** Without going on. */
  async timeLeft(visit: Visit): Promise<TimeLeft> {
    const cookie = splitCookie(this.cookie.read(visit));
    const row = cookie && (await this.#row(cookie, visit));
    return row ? sessionTimeLeft(this.#timesOf(row, row.lastSeenAt)) : NO_TIME_LEFT;
  }

  /** The person whose former cookie it is, after the same form gave the password: it is asked anew. */
  async findFormer(visit: Visit): Promise<SignedIn | undefined> {
    const cookie = splitCookie(this.cookie.read(visit));
    const found = cookie && (await this.#find(this.#successor(cookie), visit));
    const anew = { passwordIsFresh: false, factorIsFresh: false, factorGivenFor: null };
    return found?.person && { ...found.person, ...anew };
  }

  async #find(cookie: SessionCookie, visit: Visit): Promise<FoundSession> {
    const row = await this.#row(cookie, visit);
    if (!row) return {};
    const { secretHash: _, lastSeenAt, lastsUntil, ...signedIn } = row;
    const { now, sessionId, accountId } = row;
    if (this.#timesOf(row, lastSeenAt).endsAt <= now)
      return { ended: { sessionId, accountId, cause: lastsUntil > now ? 'idle' : 'over' } };
    this.lastSeen.note(cookie.id, now);
    return { person: { ...signedIn, session: this.#timesOf(row, now), visit } };
  }

  async #row(cookie: SessionCookie, visit: Visit): Promise<Row | undefined> {
    const noted = this.lastSeen.of(cookie.id) ?? null;
    const values = [cookie.id, noted, visit.address];
    const [row] = (await this.pool.query<Row>({ ...FIND_SESSION, values })).rows;
    return row && isSame(cookie.secret, row.secretHash) ? row : undefined;
  }

  #timesOf({ now, lastsUntil }: Row, seenAt: Date): SessionTimes {
    const idleUntil = new Date(seenAt.getTime() + this.config.sessionIdle);
    return { now, endsAt: idleUntil < lastsUntil ? idleUntil : lastsUntil, lastsUntil };
  }

  /**
   * The session goes on under a new secret, in the caller's transaction. It follows from the former one:
   * a form that is sent twice gets it twice.
   * @param given what the person gave again; fresh for five minutes
   * @param forAct the one act that asks for it, however fresh it was
   * @throws LedElsewhere when the session ended meanwhile
   */
  async renew(visit: Visit, given?: 'password' | 'factor', forAct?: string): Promise<void> {
    await this.#renew(visit, (cookie) => this.#successor(cookie), given, forAct);
  }

  /** The same with a new password, as another session: copies of the cookie have none any more. */
  async renewForGood(visit: Visit): Promise<void> {
    await this.#renew(visit, newCookieSecret, 'password');
  }

  async #renew(
    visit: Visit,
    after: (cookie: SessionCookie) => SessionCookie,
    given?: 'password' | 'factor',
    forAct?: string,
  ): Promise<void> {
    const cookie = splitCookie(this.cookie.read(visit));
    if (!cookie) throw endedMeanwhile();
    const { id, secret } = after(cookie);
    const renewed = await tables(this.em)
      .updateTable('sessions')
      .set({
        id,
        secret_hash: hashOf(secret),
        factor_given_for: given === 'password' ? EXCHANGE_ALONE : (forAct ?? null),
        ...(given && { [`${given}_confirmed_at` as const]: sqlNow }),
      })
      .where('id', '=', cookie.id)
      .where('secret_hash', 'in', [hashOf(secret), hashOf(cookie.secret)])
      .executeTakeFirst();
    if (renewed.numUpdatedRows === 0n) throw endedMeanwhile();
    this.cookie.set(visit, `${id}.${secret}`);
  }

  /** Cannot be derived from the cookie alone. */
  #successor({ id, secret }: SessionCookie): SessionCookie {
    const next = createHmac('sha256', this.#key).update(`${id}.${secret}`).digest('base64url');
    return { id, secret: next };
  }

  async signOut(visit: Visit): Promise<void> {
    await inTransaction(this.em, async () => {
      await this.end(visit);
      if (visit.person) await this.audit.done('sign-out', { ...visit.person, visit });
    });
  }

  async end(visit: Visit): Promise<void> {
    const cookie = splitCookie(this.cookie.read(visit));
    this.cookie.clear(visit);
    if (!cookie) return;
    const { id, secret } = cookie;
    const ended = await this.em.nativeDelete(Session, { id, secretHash: hashOf(secret) });
    // The cookie is gone from its browser: only a copy of it could still send a form.
    if (ended > 0) await this.em.nativeDelete(EndedSession, { id });
  }

  async endAllOf(account: string, exceptId?: string): Promise<void> {
    await this.em.nativeDelete(Session, { account, ...(exceptId && { id: { $ne: exceptId } }) });
  }
}
