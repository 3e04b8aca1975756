import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { hashOf } from '../../auth/secrets.js';
import type { LinkRefusal } from '../../auth/tickets.js';
import { sqlOne } from '../../database/sql.js';
import { findCase, type CaseFacts } from './case-facts.js';

/** Who may object to what, by a mailed link or by being signed in. */
export interface Objector {
  enrollmentId: string;
  accountId: string;
  name: string;
  /** The row that remembers the objection. */
  objectionId: string;
  objected: boolean;
}

export type ObjectionLinkState =
  | { ok: true; objector: Objector; facts: CaseFacts }
  | {
      ok: false;
      reason: Extract<LinkRefusal, 'link-unknown' | 'link-expired'> | 'case-approved' | 'case-over';
    };

/** The mailed links to object. They work for 30 days and as long as the case runs, or until it is decided. */
@Injectable()
export class ObjectionLinks {
  constructor(private readonly em: EntityManager) {}

  /** Looks without changing anything. */
  async look(token: string | undefined): Promise<ObjectionLinkState> {
    const found = await this.#find('o.token_hash = $1', [hashOf(token ?? '')]);
    return found ? this.#judge(found) : { ok: false, reason: 'link-unknown' };
  }

  /** The same for a signed-in administrator who was there before; undefined for everybody else. */
  async ofSignedIn(caseId: string, accountId: string): Promise<ObjectionLinkState | undefined> {
    const found = await this.#find(
      'o.enrollment_id = $1 and o.account_id = $2 and is_witness($1, $2)',
      [caseId, accountId],
    );
    return found && this.#judge(found);
  }

  async #judge({ expired, ...objector }: Found): Promise<ObjectionLinkState> {
    const facts = (await findCase(this.em, 'e.id', objector.enrollmentId))!;
    if (facts.stage === 'approved') return { ok: false, reason: 'case-approved' };
    if (['withdrawn', 'expired', 'refused'].includes(facts.stage))
      return { ok: false, reason: 'case-over' };
    if (expired && facts.stage === 'completed') return { ok: false, reason: 'link-expired' };
    return { ok: true, objector, facts };
  }

  #find(condition: string, values: unknown[]): Promise<Found | undefined> {
    return sqlOne<Found>(
      this.em,
      `select o.id as "objectionId", o.enrollment_id as "enrollmentId", o.account_id as "accountId",
              a.name, o.ends_at <= genkan_now() as expired,
              exists (select from objections other where other.enrollment_id = o.enrollment_id
                        and other.account_id = o.account_id and other.objected_at is not null) as objected
       from objections o join accounts a on a.id = o.account_id
       where ${condition} order by o.objected_at nulls last, o.ends_at desc limit 1`,
      values,
    );
  }
}

type Found = Objector & { expired: boolean };
