import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { signedInOf } from '../auth/sessions/me.js';
import { SignIn } from '../auth/sign-in/sign-in.js';
import { tables } from '../database/tables.js';
import { Account } from '../identity/account.entity.js';
import type { Visit } from '../web/visit.js';

@Injectable()
export class RefusedPeople {
  constructor(
    private readonly em: EntityManager,
    private readonly signIn: SignIn,
  ) {}

  /**
   * Finds the person of a parked session, or of a right password in this browser within the last 30
   * minutes.
   * @returns undefined for strangers, for people whom the list admits by now, and for a session that
   * can only enrol: it gave no second factor
   */
  async find(visit: Visit): Promise<Account | undefined> {
    if (signedInOf(visit)?.enrolsOnly) return undefined;
    const id = visit.person?.accountId ?? (await this.signIn.unfinishedAccount(visit));
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
