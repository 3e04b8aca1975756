import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { tables } from '../../../database/tables.js';

/** Of whom a second factor is asked (second-factor-duties.sql). */
@Injectable()
export class FactorDuties {
  constructor(private readonly em: EntityManager) {}

  /** Until when one is to be set up, whether there is one or not; undefined where nobody asks. */
  async dueAt(accountId: string): Promise<Date | undefined> {
    const found = await tables(this.em)
      .selectFrom('second_factor_duties')
      .select('due_at')
      .where('account_id', '=', accountId)
      .executeTakeFirst();
    return found?.due_at;
  }
}
