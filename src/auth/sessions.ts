import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { Pool } from 'pg';
import { Config } from '../config.js';
import { sql } from '../database/sql.js';
import { Cookie } from '../web/cookies.js';
import type { Person, Visit } from '../web/visit.js';
import { LastSeen } from './last-seen.js';
import { hashOf, isSame, newSecret, splitCookie } from './secrets.js';

/** A person with the session that the request came with. */
export interface SignedIn extends Person {
  sessionId: string;
  previousSignInAt: Date | null;
  previousSignInAddress: string | null;
  failuresBefore: number;
  loginId: string;
  /** The password was given within the last five minutes. */
  passwordIsFresh: boolean;
  /** Whether the company's restriction admits the address of this request. */
  isAdmitted: boolean;
  /** The network of the list that admits it; null where nothing is restricted. */
  admittedBy: string | null;
  /** Opened by an emergency ticket: it reaches nothing but the pages of the restriction. */
  isEmergency: boolean;
}

type Row = SignedIn & { secretHash: Buffer; now: Date };

/** Sign-ins that last: in a table, so that they can be listed, ended, and end at once everywhere. */
@Injectable()
export class Sessions {
  readonly cookie: Cookie;

  constructor(
    private readonly config: Config,
    private readonly em: EntityManager,
    private readonly pool: Pool,
    private readonly lastSeen: LastSeen,
  ) {
    this.cookie = new Cookie('session', config);
  }

  /**
   * Who the request's cookie speaks for, with rights as they are now, and whether they may come
   * from where they are: one statement.
   */
  async find(visit: Visit): Promise<SignedIn | undefined> {
    const cookie = splitCookie(this.cookie.read(visit.cookies));
    if (!cookie) return undefined;
    const found = await this.pool.query<Row>({
      name: 'find-session',
      text: `select s.id as "sessionId", s.secret_hash as "secretHash",
                    s.previous_sign_in_at as "previousSignInAt",
                    host(s.previous_sign_in_address) as "previousSignInAddress",
                    s.failures_before as "failuresBefore",
                    s.password_confirmed_at > genkan_now() - interval '5 minutes' as "passwordIsFresh",
                    coalesce(s.emergency_until > genkan_now(), false) as "isEmergency",
                    coalesce(verdict.admitted, true) as "isAdmitted", verdict.network as "admittedBy",
                    genkan_now() as now,
                    a.id as "accountId", a.name, a.role, a.login_id as "loginId",
                    c.id as "corporationId", c.name as "corporationName"
             from sessions s
             join accounts a on a.id = s.account_id and a.state = 'active'
             join corporations c on c.id = a.corporation_id and c.state = 'active'
             left join lateral (
               -- "offset 0" keeps the flag in front of the call: without lists nothing is asked.
               select * from ip_verdict(c.id, $4) where c.has_ip_versions offset 0) verdict on true
             where s.id = $1 and s.ends_at > genkan_now()
               and greatest(s.last_seen_at, $3::timestamptz) > genkan_now() - make_interval(secs => $2)`,
      values: [
        cookie.id,
        this.config.sessionIdle / 1000,
        this.lastSeen.of(cookie.id) ?? null,
        visit.address,
      ],
    });
    const [row] = found.rows;
    if (!row || !isSame(cookie.secret, row.secretHash)) return undefined;
    const { secretHash: _, now, ...signedIn } = row;
    this.lastSeen.note(cookie.id, now);
    return signedIn;
  }

  /** The password was given again, in the caller's transaction: the session goes on under a new secret. */
  async confirm(sessionId: string, response: Response): Promise<void> {
    const secret = newSecret();
    await sql(
      this.em,
      `update sessions set secret_hash = $2, password_confirmed_at = genkan_now() where id = $1`,
      [sessionId, hashOf(secret)],
    );
    this.cookie.set(response, `${sessionId}.${secret}`);
  }

  /** Ends the request's session, if it has one. */
  async end(visit: Visit, response: Response): Promise<void> {
    const cookie = splitCookie(this.cookie.read(visit.cookies));
    this.cookie.clear(response);
    if (!cookie) return;
    await sql(this.em, 'delete from sessions where id = $1 and secret_hash = $2', [
      cookie.id,
      hashOf(cookie.secret),
    ]);
  }

  /** Ends every session of an account, or all but one, in the caller's transaction. */
  async endAllOf(accountId: string, exceptId?: string): Promise<void> {
    await sql(
      this.em,
      'delete from sessions where account_id = $1 and ($2::uuid is null or id <> $2)',
      [accountId, exceptId ?? null],
    );
  }
}
