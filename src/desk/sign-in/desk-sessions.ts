import { EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { hashOf, newCookieSecret, splitCookie } from '../../auth/secrets.js';
import { sqlNow } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../durations.js';
import { Operator } from '../../identity/operator.entity.js';
import { Cookie } from '../../web/cookies.js';
import { NO_TIME_LEFT, sessionTimeLeft, type TimeLeft } from '../../web/session-time.js';
import type { OperatorInSession, SessionTimes, Visit } from '../../web/visit.js';
import { OperatorSession } from './operator-session.entity.js';

export const DESK_IDLE_MS = 15 * MINUTE_MS;
export const DESK_ABSOLUTE_MS = 8 * HOUR_MS;
/** So long a second factor stays fresh. */
const FRESH_MS = 5 * MINUTE_MS;
/** The page of another app, which is not installed in five minutes: its key is shown for so long. */
export const OWN_APP = '/desk/me/second-factor/app';
const KEY_SHOWN_MS = 30 * MINUTE_MS;

export interface SignedInOperator extends OperatorInSession {
  /** The request in which the operator acts. */
  visit: Visit;
  sessionId: string;
  loginId: string;
  previousSignInAt: Date | null;
  factorConfirmedAt: Date;
  factorIsFresh: boolean;
  /** The path of the page that it was given for, in time and not used for a change of factors yet. */
  factorGivenFor: string | null;
}

/** At most one of them. */
export interface FoundOperator {
  operator?: SignedInOperator;
  ended?: { sessionId: string; operatorId: string; cause: 'idle' | 'over' };
}

type Row = Omit<SignedInOperator, 'visit' | 'session' | 'factorIsFresh'> & {
  now: Date;
  lastSeenAt: Date;
  lastsUntil: Date;
};

/** Each request of the desk runs it: the session, its owner with today's role, and a look at the clock. */
const FIND = {
  name: 'find-operator-session',
  text: `
  with found as (
    select s.id as "sessionId", o.id as "operatorId", o.name, o.role, o.login_id as "loginId",
           genkan_now() as now, s.last_seen_at as "lastSeenAt", s.ends_at as "lastsUntil",
           s.previous_sign_in_at as "previousSignInAt",
           s.factor_confirmed_at as "factorConfirmedAt",
           s.factor_given_for as "factorGivenFor"
    from operator_sessions s join operators o on o.id = s.operator_id and o.ended_at is null
    where s.id = $1 and s.secret_hash = $2),
  seen as (
    update operator_sessions s set last_seen_at = found.now from found
    where $4 and s.id = found."sessionId" and found."lastsUntil" > found.now
      and found."lastSeenAt" + make_interval(secs => $3) > found.now)
  select * from found`,
};

/** Who is signed in at the desk: in a table, with a cookie and by rules of its own. */
@Injectable()
export class DeskSessions {
  readonly cookie = Cookie.opener('desk-session');

  constructor(
    private readonly em: EntityManager,
    private readonly pool: Pool,
  ) {}

  /** The session goes on from now, if it did not end yet. */
  async find(visit: Visit): Promise<FoundOperator> {
    const row = await this.#row(visit, true);
    if (!row) return {};
    const { lastSeenAt, now, lastsUntil, ...signedIn } = row;
    const { sessionId, operatorId, factorConfirmedAt } = row;
    if (timesOf(row, lastSeenAt).endsAt <= now)
      return { ended: { sessionId, operatorId, cause: lastsUntil > now ? 'idle' : 'over' } };
    const age = now.getTime() - factorConfirmedAt.getTime();
    const factorIsFresh = age < FRESH_MS;
    const isInTime = age < (row.factorGivenFor === OWN_APP ? KEY_SHOWN_MS : FRESH_MS);
    const factorGivenFor = isInTime ? row.factorGivenFor : null;
    const session = timesOf(row, now);
    return { operator: { ...signedIn, session, factorIsFresh, factorGivenFor, visit } };
  }

  /** Without going on. */
  async timeLeft(visit: Visit): Promise<TimeLeft> {
    const row = await this.#row(visit, false);
    return row ? sessionTimeLeft(timesOf(row, row.lastSeenAt)) : NO_TIME_LEFT;
  }

  async #row(visit: Visit, goesOn: boolean): Promise<Row | undefined> {
    const cookie = splitCookie(this.cookie.read(visit));
    if (!cookie) return undefined;
    const values = [cookie.id, hashOf(cookie.secret), DESK_IDLE_MS / SECOND_MS, goesOn];
    return (await this.pool.query<Row>({ ...FIND, values })).rows[0];
  }

  /**
   * Holds operator and session until the caller's transaction ends: whatever ends either comes before
   * it or after it.
   * @returns undefined where that came before
   */
  async hold({ operatorId, visit }: SignedInOperator): Promise<Operator | undefined> {
    const lockMode = LockMode.PESSIMISTIC_WRITE;
    const held = { lockMode, populate: ['passwordHash'], refresh: true } as const;
    const operator = await this.em.findOneOrFail(Operator, operatorId, held);
    const cookie = splitCookie(this.cookie.read(visit));
    if (!operator.isReady || !cookie) return undefined;
    const own = { id: cookie.id, secretHash: hashOf(cookie.secret), operator };
    const session = await this.em.findOne(OperatorSession, own, { lockMode });
    return session ? operator : undefined;
  }

  /**
   * The second factor was given again, in the caller's transaction.
   * @param forPage the path that it was given for
   * @returns false when the session ended meanwhile
   */
  confirm(me: SignedInOperator, forPage: string): Promise<boolean> {
    return this.#renew(me, { factor_confirmed_at: sqlNow, factor_given_for: forPage });
  }

  /**
   * Copies of the cookie end, as the operator's other sessions do, in the caller's transaction.
   * @returns false when the session ended meanwhile
   */
  renew(me: SignedInOperator): Promise<boolean> {
    return this.#renew(me);
  }

  /**
   * In the transaction of the act that it was given for: the next one on that page asks again, and of
   * several at the same moment one is done.
   * @returns false when it was used, or the session ended, meanwhile
   */
  async useUp({ sessionId }: SignedInOperator, forPage: string): Promise<boolean> {
    const given = { id: sessionId, factorGivenFor: forPage };
    return (await this.em.nativeUpdate(OperatorSession, given, { factorGivenFor: null })) === 1;
  }

  async #renew(
    { visit }: SignedInOperator,
    given: { factor_confirmed_at?: typeof sqlNow; factor_given_for?: string } = {},
  ): Promise<boolean> {
    const cookie = splitCookie(this.cookie.read(visit));
    if (!cookie) return false;
    const { secret, hash } = newCookieSecret();
    const renewed = await tables(this.em)
      .updateTable('operator_sessions')
      .set({ secret_hash: hash, ...given })
      .where('id', '=', cookie.id)
      .where('secret_hash', '=', hashOf(cookie.secret))
      .executeTakeFirst();
    if (renewed.numUpdatedRows === 0n) return false;
    this.cookie.set(visit, `${cookie.id}.${secret}`);
    return true;
  }

  async end(visit: Visit): Promise<void> {
    const cookie = splitCookie(this.cookie.read(visit));
    this.cookie.clear(visit);
    if (!cookie) return;
    const { id, secret } = cookie;
    await this.em.nativeDelete(OperatorSession, { id, secretHash: hashOf(secret) });
  }

  /** In the caller's transaction. @returns how many there were */
  async endAllOf(operator: string, exceptId?: string): Promise<number> {
    const others = exceptId === undefined ? {} : { id: { $ne: exceptId } };
    return this.em.nativeDelete(OperatorSession, { operator, ...others });
  }
}

function timesOf({ now, lastsUntil }: Row, seenAt: Date): SessionTimes {
  const idleUntil = new Date(seenAt.getTime() + DESK_IDLE_MS);
  return { now, endsAt: idleUntil < lastsUntil ? idleUntil : lastsUntil, lastsUntil };
}
