import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AccountAccess } from '../../auth/account-access.js';
import { Tickets } from '../../auth/tickets.js';
import { sql, sqlOne } from '../../database/sql.js';
import { inTransaction } from '../../database/transaction.js';
import type { CaseFacts } from './case-facts.js';
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
    return inTransaction(this.em, async () => {
      await this.undo.takeGrantsBack(facts.id);
      await this.undo.restoreAdministrators(facts.id);
      await this.#suspend(facts);
      if (!(await this.#someoneIsLeft(facts))) throw new NobodyLeft();
      await sql(
        this.em,
        `update enrollments set state = 'objected', decided_at = genkan_now() where id = $1`,
        [facts.id],
      );
      return true;
    }).catch((error: unknown) => {
      if (error instanceof NobodyLeft) return false;
      throw error;
    });
  }

  async #suspend({ accountId }: CaseFacts): Promise<void> {
    await sql(
      this.em,
      `update accounts set state = 'suspended', in_case = true, held_until = null
       where id = $1 and state <> 'deleted'`,
      [accountId],
    );
    await this.access.endSessionsOf(accountId!);
    await this.tickets.replace('activation', accountId!);
  }

  async #someoneIsLeft({ corporationId }: CaseFacts): Promise<boolean> {
    const found = await sqlOne(
      this.em,
      'select from usable_administrators where corporation_id = $1 limit 1',
      [corporationId],
    );
    return found !== undefined;
  }
}

/** Rolls the freeze back: the desk decides. */
class NobodyLeft extends Error {}
