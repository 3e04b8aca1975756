import { EntityManager, type FilterQuery } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Enrollment } from '../../admin-enrollment/enrollment.entity.js';
import {
  approvedAdministrators,
  invitationsFrom,
  wayInto,
  type WayIn,
} from '../../corporations/hold-corporation.js';
import { tables } from '../../database/tables.js';
import { Account } from '../../identity/account.entity.js';
import { IpLists } from '../../ip-restriction/lists/ip-lists.js';

/** What the other administrators of somebody's company can do for the person. */
export interface Colleagues {
  /** Some can sign in, and are no newcomers. */
  areThere: boolean;
  /** How the person comes in again whose account is gone. */
  wayIn: WayIn;
  /** From when somebody can invite, where all are on probation. */
  inviteFrom: Date | undefined;
  /** An administrator has the same name: whoever applied twice finished the other application. */
  isNamesake: boolean;
  /** One of these has a second factor, without which nobody takes off another's. */
  haveFactor: boolean;
  /** One of them confirmed the list of addresses in force, or signed in under it. */
  areAdmitted: boolean;
  /** The number of a case of the company that the desk has to decide; until then they change no party of it. */
  caseAtDesk: string | undefined;
}

@Injectable()
export class ColleagueLooks {
  constructor(
    private readonly em: EntityManager,
    private readonly lists: IpLists,
  ) {}

  async of({ id, name, corporation }: Account): Promise<Colleagues> {
    const approved = await approvedAdministrators(this.em, corporation.id);
    const others = approved.filter((one) => one !== id);
    const objected = { corporation: corporation.id, state: 'objected' as const };
    const atDesk = await this.em.findOne(Enrollment, objected, { refresh: true });
    return {
      areThere: others.length > 0,
      wayIn: await wayInto(this.em, corporation.id),
      inviteFrom: await invitationsFrom(this.em, corporation.id),
      isNamesake: await this.#isNamesake(name, corporation.id),
      haveFactor: await this.#isAmong(others, { secondFactorSince: { $ne: null } }),
      areAdmitted: await this.#areAdmitted(others, corporation.id),
      caseAtDesk: atDesk?.caseNumber,
    };
  }

  async #isNamesake(name: string, corporation: string): Promise<boolean> {
    const found = await tables(this.em)
      .selectFrom('accounts')
      .where(sql<boolean>`search_fold(name) collate "C" = search_fold(${name})`)
      .where('corporation_id', '=', corporation)
      .where('role', '=', 'administrator')
      .where('state', '=', 'active')
      .select('id')
      .limit(1)
      .execute();
    return found.length > 0;
  }

  /** Whoever confirms a list is admitted by it. */
  async #areAdmitted(others: string[], corporation: string): Promise<boolean> {
    const list = await this.lists.inForce(corporation);
    if (!list?.confirmedAt) return false;
    if (others.includes(list.confirmedBy ?? '')) return true;
    return this.#isAmong(others, { lastSignInAt: { $gt: list.confirmedAt } });
  }

  async #isAmong(id: string[], also: FilterQuery<Account>): Promise<boolean> {
    return (await this.em.count(Account, { $and: [{ id }, also] })) > 0;
  }
}
