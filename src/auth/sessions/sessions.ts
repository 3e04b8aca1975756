import { createHmac } from 'node:crypto';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { Audit } from '../../audit/audit.js';
import { Config } from '../../config.js';
import { sqlNow } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import { inTransaction } from '../../database/transaction.js';
import { Cookie } from '../../web/cookies.js';
import { NO_TIME_LEFT, sessionTimeLeft, type TimeLeft } from '../../web/session-time.js';
import type { PersonInSession, SessionTimes, Visit } from '../../web/visit.js';
import { hashOf, isSame, splitCookie } from '../secrets.js';
import { EndedSession } from './ended-session.entity.js';
import { FIND_SESSION } from './find-session.js';
import { LastSeen } from './last-seen.js';
import { Session } from './session.entity.js';

export interface SignedIn extends PersonInSession {
  /** The request in which the person acts. */
  visit: Visit;
  /** By the clock that all deadlines are compared with. */
  now: Date;
  previousSignInAt: Date | null;
  previousSignInAddress: string | null;
  failuresBefore: number;
  loginId: string;
  /** The password was given within the last five minutes. */
  passwordIsFresh: boolean;
  /** The company's restriction admits the address of this request. */
  isAdmitted: boolean;
  /** The network of the list that admits it; null where nothing is restricted. */
  admittedBy: string | null;
  /** Opened by an emergency ticket: it reaches nothing but the pages of the restriction. */
  isEmergency: boolean;
  emergencyUntil: Date | null;
  /** Until when the desk suspends the company's restriction. */
  suspendedUntil: Date | null;
  /** Until when a newcomer may do only few things; null for everybody else. */
  probationEndsAt: Date | null;
  isNewcomer: boolean;
}

type SessionCookie = NonNullable<ReturnType<typeof splitCookie>>;

/** Of a browser that still has the cookie of its session. */
export interface SessionEnd {
  sessionId: string;
  accountId: string;
  /** Nothing was done for so long, it reached its longest time, or somebody ended it. */
  cause: 'idle' | 'over' | 'ended' | 'ended-with-account';
}

/** At most one of them. */
export interface FoundSession {
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
  readonly cookie = new Cookie('session');
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

  /**
   * The person whose cookie it was until the password was given again: the same form may be under
   * way a second time, and its answer may be the one that the browser shows. The password must be
   * asked.
   */
  async findFormer(visit: Visit): Promise<SignedIn | undefined> {
    const cookie = splitCookie(this.cookie.read(visit));
    const successor = cookie && { id: cookie.id, secret: this.#successorOf(cookie) };
    const found = successor && (await this.#find(successor, visit));
    return found?.person && { ...found.person, passwordIsFresh: false };
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

  /** How somebody ended the session, if the browser had one that would last. */
  async endBySomebody(visit: Visit): Promise<SessionEnd | undefined> {
    const cookie = splitCookie(this.cookie.read(visit));
    const row = cookie && (await this.#endedRow(cookie.id));
    if (!row || !isSame(cookie.secret, row.secret_hash)) return undefined;
    const isOpen = row.account === 'active' && row.corporation === 'active';
    const cause = isOpen ? 'ended' : 'ended-with-account';
    return { sessionId: cookie.id, accountId: row.account_id, cause };
  }

  #endedRow(id: string) {
    return tables(this.em)
      .selectFrom('ended_sessions as s')
      .innerJoin('accounts as a', 'a.id', 's.account_id')
      .innerJoin('corporations as c', 'c.id', 'a.corporation_id')
      .select(['s.account_id', 's.secret_hash', 'a.state as account', 'c.state as corporation'])
      .where('s.id', '=', id)
      .where('s.ends_at', '>', sqlNow)
      .executeTakeFirst();
  }

  /**
   * The password was given again, in the caller's transaction: the session goes on under a new
   * secret. It follows from the former one, so that a form that is sent twice gets it twice.
   * @returns false when the session ended meanwhile
   */
  async confirm(visit: Visit): Promise<boolean> {
    const cookie = splitCookie(this.cookie.read(visit));
    if (!cookie) return false;
    const secret = this.#successorOf(cookie);
    const confirmed = await tables(this.em)
      .updateTable('sessions')
      .set({ secret_hash: hashOf(secret), password_confirmed_at: sqlNow })
      .where('id', '=', cookie.id)
      .where('secret_hash', 'in', [hashOf(secret), hashOf(cookie.secret)])
      .executeTakeFirst();
    if (confirmed.numUpdatedRows === 0n) return false;
    this.cookie.set(visit, `${cookie.id}.${secret}`);
    return true;
  }

  /** Cannot be derived from the cookie alone. */
  #successorOf({ id, secret }: SessionCookie): string {
    return createHmac('sha256', this.#key).update(`${id}.${secret}`).digest('base64url');
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

  /** Ends every session of a company's people, in the caller's transaction. */
  async endAllOfCompany(corporationId: string): Promise<void> {
    await this.em.nativeDelete(Session, { account: { corporation: corporationId } });
  }
}
