import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { databaseNow, sqlNow } from '../database/clock.js';
import { tables } from '../database/tables.js';
import { DeskCalendar } from './desk-calendar.js';
import type { DeskCase } from './desk-case.entity.js';

/** Until when a case is to be dealt with: while the newcomer whom it is about is still on probation. */
@Injectable()
export class DueTimes {
  constructor(
    private readonly em: EntityManager,
    private readonly calendar: DeskCalendar,
  ) {}

  async dueAt({ kind, subject }: Pick<DeskCase, 'kind' | 'subject'>): Promise<Date> {
    return this.inTime(subject, this.calendar.dueAt(kind, await databaseNow(this.em)));
  }

  async customerUntil({ subject }: Pick<DeskCase, 'subject'>): Promise<Date> {
    return this.inTime(subject, this.calendar.customerUntil(await databaseNow(this.em)));
  }

  /** @returns `usual`, or a working hour before the probation ends, where that is earlier */
  async inTime(subject: DeskCase['subject'], usual: Date): Promise<Date> {
    const end = subject ? await this.#endOfProbation(subject) : undefined;
    if (!end) return usual;
    const now = await databaseNow(this.em);
    const last = this.calendar.hourBefore(end);
    const latest = last > now ? last : end;
    return latest < usual ? latest : usual;
  }

  async #endOfProbation(enrollment: string): Promise<Date | undefined> {
    const found = await tables(this.em)
      .selectFrom('enrollments')
      .where('id', '=', enrollment)
      .where('state', '=', 'running')
      .where('probation_ends_at', '>', sqlNow)
      .select('probation_ends_at as end')
      .executeTakeFirst();
    return found?.end ?? undefined;
  }
}
