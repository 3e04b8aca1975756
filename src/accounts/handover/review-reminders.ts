import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { after, before, databaseNow, sqlNow } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import { inTransaction } from '../../database/transaction.js';
import { administratorsOf } from '../../identity/administrators.js';
import { Jobs } from '../../jobs/jobs.js';
import { MemberMails } from '../../mail/member-mails.js';

/** A half year that began earlier is let go, so that an interruption reminds nobody out of season. */
const SEASON = { days: 14 };
/** Companies that reviewed just before are not asked again. */
const RECENT = { days: 30 };
const JAPAN = { hours: 9 };

/** 棚卸しのお願い: twice a year to the administrators of every company that has not switched it off. */
@Injectable()
export class ReviewReminders implements OnModuleInit {
  constructor(
    private readonly em: EntityManager,
    private readonly jobs: Jobs,
    private readonly mails: MemberMails,
  ) {}

  /** Daily in the morning of Japan: the database's clock decides which day it is. */
  onModuleInit(): void {
    this.jobs.register('people-review-reminders', () => this.run(), '30 0 * * *');
  }

  /** One company a transaction: whatever interrupts it, each administrator gets one mail. */
  async run(): Promise<void> {
    const now = await databaseNow(this.em);
    const begins = halfYearOf(now);
    if (begins <= before(now, SEASON)) return;
    for (const { id } of await this.#due(begins))
      await inTransaction(this.em, async () => {
        if (!(await this.#claim(id, begins))) return;
        for (const to of await administratorsOf(this.em, id)) await this.mails.reviewReminder(to);
      });
  }

  /** Companies of two people and more that want it and have not looked just now. */
  #due(begins: Date): Promise<{ id: string }[]> {
    return tables(this.em)
      .selectFrom('corporations as c')
      .leftJoin('people_reviews as r', 'r.corporation_id', 'c.id')
      .select('c.id')
      .where('c.state', '=', 'active')
      .where('c.created_at', '<', begins)
      .where((eb) => eb(eb.fn.coalesce('r.reminders', eb.lit(true)), '=', true))
      .where((eb) => eb.or([eb('r.reminded_at', 'is', null), eb('r.reminded_at', '<', begins)]))
      .where((eb) => {
        const recently = before(begins, RECENT);
        return eb.or([eb('r.reviewed_at', 'is', null), eb('r.reviewed_at', '<', recently)]);
      })
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('accounts as a')
            .select('a.id')
            .whereRef('a.corporation_id', '=', 'c.id')
            .where('a.state', '=', 'active')
            .offset(1)
            .limit(1),
        ),
      )
      .execute();
  }

  /** False when another instance reminded the company meanwhile, or it switched reminders off. */
  async #claim(corporationId: string, begins: Date): Promise<boolean> {
    const claimed = await tables(this.em)
      .insertInto('people_reviews')
      .values({ corporation_id: corporationId, reminded_at: sqlNow })
      .onConflict((oc) =>
        oc
          .column('corporation_id')
          .doUpdateSet((eb) => ({ reminded_at: eb.ref('excluded.reminded_at') }))
          .where('people_reviews.reminders', '=', true)
          .where((eb) =>
            eb.or([
              eb('people_reviews.reminded_at', 'is', null),
              eb('people_reviews.reminded_at', '<', begins),
            ]),
          ),
      )
      .returning('corporation_id')
      .executeTakeFirst();
    return claimed !== undefined;
  }
}

/** Half years begin in April and October, in Japan's calendar. */
function halfYearOf(now: Date): Date {
  const today = after(now, JAPAN);
  const [year, month] = [today.getUTCFullYear(), today.getUTCMonth()];
  const [APRIL, OCTOBER] = [3, 9];
  if (month < APRIL) return before(new Date(Date.UTC(year - 1, OCTOBER)), JAPAN);
  return before(new Date(Date.UTC(year, month < OCTOBER ? APRIL : OCTOBER)), JAPAN);
}
