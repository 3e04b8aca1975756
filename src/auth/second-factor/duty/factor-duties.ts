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

  /** The company or the operator asks one of its administrators, whichever of them have one. */
  async asksAdministrators(corporationId: string): Promise<boolean> {
    const found = await tables(this.em)
      .selectFrom('corporations as c')
      .leftJoin('second_factor_minimum as m', (join) => join.onTrue())
      .where('c.id', '=', corporationId)
      .where(({ or, eb }) =>
        or([
          eb('c.administrators_asked_since', 'is not', null),
          eb('c.everybody_asked_since', 'is not', null),
          eb('m.administrators_asked_since', 'is not', null),
          eb('m.everybody_asked_since', 'is not', null),
        ]),
      )
      .select('c.id')
      .executeTakeFirst();
    return found !== undefined;
  }
}
