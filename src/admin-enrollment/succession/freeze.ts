import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AccountAccess } from '../../auth/account-access.js';
import { Tickets } from '../../auth/tickets.js';
import { sql } from '../../database/sql.js';
import { inSavepoint } from '../../database/transaction.js';
import type { CaseFacts } from './case-facts.js';
import { checkSomebodyIsLeft, NobodyLeft } from './nobody-left.js';
import { ProbationUndo } from './probation-undo.js';

/** Stops a newcomer at once and gives the administrators back what was taken from them. */
@Injectable()
export class Freeze {
  constructor(
    private readonly em: EntityManager,
    private readonly undo: ProbationUndo,
    private readonly access: AccountAccess,
    private readonly tickets: Tickets,
  ) {}

  /**
   * In the caller's transaction, under the company's held row.
   * @returns false, and nothing is changed, when nobody but the newcomer could sign in for the company
   */
  async newcomer(facts: CaseFacts): Promise<boolean> {
    return inSavepoint(this.em, async () => {
      await this.#suspend(facts);
      await this.undo.everythingOf(facts);
      await checkSomebodyIsLeft(this.em, facts.corporationId);
      return true;
    }).catch((error: unknown) => {
      if (error instanceof NobodyLeft) return false;
      throw error;
    });
  }

  /** Who was deleted meanwhile comes back suspended, if at all. */
  async #suspend({ id, accountId }: CaseFacts): Promise<void> {
    await sql(
      this.em,
      `with decided as (
         update enrollments set state = 'objected', decided_at = genkan_now() where id = $1)
       update accounts set in_case = true, held_until = null,
              state = case state when 'deleted' then state else 'suspended' end,
              deleted_from = case state when 'deleted' then 'suspended' end
       where id = $2`,
      [id, accountId],
    );
    await this.access.endSessionsOf(accountId!);
    await this.tickets.replace('activation', accountId!);
  }
}
