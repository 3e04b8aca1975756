import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { signedInOf } from '../auth/sessions/me.js';
import { UnfinishedSignIns, type RefusedSignIn } from '../auth/sign-in/unfinished-sign-ins.js';
import { tables } from '../database/tables.js';
import { Account } from '../identity/account.entity.js';
import type { Visit } from '../web/visit.js';

/** Somebody whom the list keeps out. */
export interface RefusedPerson {
  account: Account;
  /** Absent for a session. */
  signIn: RefusedSignIn | undefined;
}

@Injectable()
export class RefusedPeople {
  constructor(
    private readonly em: EntityManager,
    private readonly unfinished: UnfinishedSignIns,
  ) {}

  /**
   * Finds the person of a parked session, or of a right password in this browser within the last 30
   * minutes.
   * @param flow which of the sign-ins that were refused; absent: the session, or the last of them
   * @returns undefined for strangers, for people whom the list admits by now, and for a session that
   * can only enrol: it gave no second factor
   */
  async find(flow: unknown, visit: Visit): Promise<RefusedPerson | undefined> {
    if (signedInOf(visit)?.enrolsOnly) return undefined;
    const isSession = visit.person !== undefined && flow === undefined;
    const signIn = isSession ? undefined : await this.unfinished.find(flow, visit);
    const account = await this.#refused(signIn?.accountId ?? visit.person?.accountId, visit);
    return account && { account, signIn };
  }

  async #refused(id: string | undefined, visit: Visit): Promise<Account | undefined> {
    if (id === undefined) return undefined;
    const corporation = { state: 'active', hasIpVersions: true } as const;
    const account = await this.em.findOne(
      Account,
      { id, stateNow: 'active', corporation },
      { populate: ['corporation'] },
    );
    if (!account || (await this.#isAdmitted(account, visit))) return undefined;
    return account;
  }

  async #isAdmitted({ corporation }: Account, { address }: Visit): Promise<boolean> {
    const verdict = sql<boolean>`(ip_verdict(${corporation.id}, ${address})).admitted`;
    const { admitted } = await tables(this.em)
      .selectNoFrom(verdict.as('admitted'))
      .executeTakeFirstOrThrow();
    return admitted;
  }
}
