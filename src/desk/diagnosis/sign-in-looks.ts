import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AuditEntry } from '../../audit/audit-entry.entity.js';
import type { Reason } from '../../audit/reasons.js';
import type { Account } from '../../identity/account.entity.js';

/** A sign-in that was tried, from where and with which end. */
export interface SignInTried {
  address: string;
  at: Date;
  reason: Reason;
}

/** How often something was wrong since the last sign-in, and when last. */
export interface Mistakes {
  count: number;
  last: SignInTried | undefined;
}

/** A suspension by the desk. */
export interface Freeze {
  operator: string;
  why: string;
}

const BEHIND_PASSWORD: Reason[] = [
  'done',
  'address-refused',
  'second-factor-needed',
  'second-factor-wrong',
  'registration-unfinished',
  'account-suspended',
  'account-deleted',
  'case-held',
  'corporation-closed',
];

/** Somebody's sign-ins in the log. */
@Injectable()
export class SignInLooks {
  constructor(private readonly em: EntityManager) {}

  /** The last one with the right password. */
  behindPassword(account: Account): Promise<SignInTried | undefined> {
    return this.last(account, BEHIND_PASSWORD);
  }

  async last({ id: accountId }: Account, among: Reason[]): Promise<SignInTried | undefined> {
    const signIns = { accountId, act: 'sign-in' as const, reason: { $in: among } };
    const from = { ...signIns, address: { $ne: null } };
    const entry = await this.em.findOne(AuditEntry, from, { orderBy: { at: 'desc', id: 'desc' } });
    return entry ? { address: entry.address!, at: entry.at, reason: entry.reason } : undefined;
  }

  /** The account counts wrong codes among its failures, too. */
  async mistakes(
    account: Account,
    reason: 'password-wrong' | 'second-factor-wrong',
  ): Promise<Mistakes> {
    const { id: accountId, lastSignInAt, createdAt } = account;
    const at = { $gt: lastSignInAt ?? createdAt };
    // A recovery asks for codes, too.
    const act = reason === 'second-factor-wrong' && { act: 'sign-in' as const };
    const count = await this.em.count(AuditEntry, { accountId, at, reason, ...act });
    return { count, last: count > 0 ? await this.last(account, [reason]) : undefined };
  }

  /** Undefined where the log does not say so any more. */
  async freeze({ id: target, state, frozenByDesk }: Account): Promise<Freeze | undefined> {
    if (state !== 'suspended' || !frozenByDesk) return undefined;
    const entry = await this.em.findOne(
      AuditEntry,
      { act: 'account-suspension', reason: 'done', facts: { target } },
      { orderBy: { at: 'desc', id: 'desc' } },
    );
    const { operator, why } = entry?.facts ?? {};
    return operator && why ? { operator: String(operator), why: String(why) } : undefined;
  }
}
