import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, NotFoundException } from '@nestjs/common';
import type { Reason } from '../../../audit/reasons.js';
import { Audit } from '../../../audit/audit.js';
import type { SignedIn } from '../../../auth/sessions.js';
import { holdForAdministrator } from '../../../corporations/hold-corporation.js';
import { sql } from '../../../database/sql.js';
import { codeOf, inTransaction } from '../../../database/transaction.js';
import type { Visit } from '../../../web/visit.js';
import type { Member } from '../member.js';
import { Members } from '../members.js';
import { Farewell } from './farewell.js';

export type Deleted = { ok: true } | { ok: false; reason: 'last-administrator' };

/** 不要アカウントの削除: of one person or several, all of them or none. */
@Injectable()
export class Deletion {
  constructor(
    private readonly em: EntityManager,
    private readonly members: Members,
    private readonly farewell: Farewell,
    private readonly audit: Audit,
  ) {}

  /**
   * Who is deleted already stays so, and hears nothing twice.
   * @throws NotFoundException when one of them is not of the company
   * @throws ForbiddenException when the administrator is none any more
   */
  async delete(actor: SignedIn, ids: readonly string[], visit: Visit): Promise<Deleted> {
    try {
      return await inTransaction(this.em, () => this.#delete(actor, ids, visit));
    } catch (error) {
      if (codeOf(error) !== 'GK001') throw error;
      return this.#refuse(actor, visit);
    }
  }

  async #delete(actor: SignedIn, ids: readonly string[], visit: Visit): Promise<Deleted> {
    const { corporationId } = actor;
    await holdForAdministrator(this.em, actor);
    const chosen = await this.members.findAll(corporationId, ids);
    if (!chosen) throw new NotFoundException();
    const people = chosen.filter(({ state }) => state !== 'deleted');
    if (!(await this.members.isDispensable(corporationId, people)))
      return this.#refuse(actor, visit);
    for (const person of people) await this.#end(actor, person, visit);
    return { ok: true };
  }

  async #end(actor: SignedIn, { id, state }: Member, visit: Visit): Promise<void> {
    const objection = await this.farewell.objectionOf(actor, id);
    await sql(
      this.em,
      `update accounts set deleted_from = state, state = 'deleted', deleted_at = genkan_now(), deleted_by = $2
       where id = $1`,
      [id, actor.accountId],
    );
    await this.farewell.say(actor, id, state !== 'registered', objection);
    await this.#log(actor, visit, 'done', id);
  }

  async #refuse(actor: SignedIn, visit: Visit): Promise<Deleted> {
    await this.#log(actor, visit, 'last-administrator');
    return { ok: false, reason: 'last-administrator' };
  }

  async #log(actor: SignedIn, visit: Visit, reason: Reason, target?: string): Promise<void> {
    const { accountId, corporationId } = actor;
    await this.audit.record({
      act: 'account-deletion',
      reason,
      accountId,
      corporationId,
      ...(target && { facts: { target } }),
      visit,
    });
  }
}
