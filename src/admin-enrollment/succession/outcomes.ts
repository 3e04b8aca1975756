import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AccountAccess } from '../../auth/account-access.js';
import { sql } from '../../database/sql.js';
import { ActivationLinks } from '../activation/activation-links.js';
import type { CaseFacts } from './case-facts.js';
import { checkSomebodyIsLeft } from './nobody-left.js';
import { ProbationUndo } from './probation-undo.js';

/** What becomes of a newcomer in the end, each in the caller's transaction. */
@Injectable()
export class Outcomes {
  constructor(
    private readonly em: EntityManager,
    private readonly links: ActivationLinks,
    private readonly undo: ProbationUndo,
    private readonly access: AccountAccess,
  ) {}

  /**
   * The newcomer stays, also one whom the objectors deleted after they had stopped him. Who never
   * proved the mailbox still has to, by a new link.
   */
  async stay({ id, accountId, activatedAt }: CaseFacts): Promise<void> {
    const isActivated = activatedAt !== null;
    await sql(
      this.em,
      `update enrollments set state = $2, decided_at = genkan_now(),
              release_at = null,
              started_at = case when $2 = 'approved' then started_at else genkan_now() end
       where id = $1`,
      [id, isActivated ? 'approved' : 'awaiting-activation'],
    );
    await sql(this.em, 'update accounts set held_until = null where id = $1', [accountId]);
    await sql(
      this.em,
      `update accounts set state = $2, in_case = false, suspended_at = null,
              deleted_at = null, deleted_by = null, deleted_from = null
       where id = $1 and in_case`,
      [accountId, isActivated ? 'active' : 'registered'],
    );
    if (!isActivated) await this.links.send(accountId!);
  }

  /**
   * The newcomer goes: the account is deleted, and what it did to the administrators is undone.
   * @throws NobodyLeft when nobody else could sign in for the company
   */
  async leave(facts: CaseFacts): Promise<void> {
    const { id, corporationId, accountId, activatedAt } = facts;
    await sql(
      this.em,
      `update enrollments set state = 'refused', decided_at = genkan_now(), sealed_details = null
       where id = $1`,
      [id],
    );
    if (accountId === null) return;
    await this.access.endSessionsOf(accountId);
    await sql(
      this.em,
      activatedAt
        ? `update accounts set state = 'deleted', in_case = false, held_until = null,
                  deleted_at = genkan_now(), deleted_from = 'active' where id = $1`
        : 'delete from accounts where id = $1',
      [accountId],
    );
    await this.undo.everythingOf(facts);
    await checkSomebodyIsLeft(this.em, corporationId);
  }
}
