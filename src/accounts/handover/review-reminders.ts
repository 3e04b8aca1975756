import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql, sqlOne } from '../../database/sql.js';
import { inTransaction } from '../../database/transaction.js';
import { Jobs } from '../../jobs/jobs.js';
import type { Addressee } from '../../mail/mails.js';
import { PeopleMails } from '../../mail/people-mails.js';

/**
 * Companies to remind: each half year from April and October on, in Japan's calendar. Who reviewed
 * in the month before is not asked again, and a half year that began two weeks ago is let go, so
 * that nobody is reminded out of season after an interruption or a first start.
 */
const DUE = `
  with half_year as (
    select (case when extract(month from today) < 4 then make_date(extract(year from today)::int - 1, 10, 1)
                 when extract(month from today) < 10 then make_date(extract(year from today)::int, 4, 1)
                 else make_date(extract(year from today)::int, 10, 1) end)::timestamp
           at time zone 'Asia/Tokyo' as begins
    from (select genkan_now() at time zone 'Asia/Tokyo' as today) japan)
  select c.id, h.begins from half_year h join corporations c on c.state = 'active' and c.created_at < h.begins
  left join people_reviews r on r.corporation_id = c.id
  where h.begins > genkan_now() - interval '14 days'
    and coalesce(r.reminders, true)
    and coalesce(r.reminded_at < h.begins, true)
    and coalesce(r.reviewed_at < h.begins - interval '30 days', true)
    and 2 <= (select count(*) from (select from accounts a
                                    where a.corporation_id = c.id and a.state = 'active' limit 2) two)`;

/** 棚卸しのお願い: twice a year to the administrators of every company that has not switched it off. */
@Injectable()
export class ReviewReminders implements OnModuleInit {
  constructor(
    private readonly em: EntityManager,
    private readonly jobs: Jobs,
    private readonly mails: PeopleMails,
  ) {}

  /** Daily in the morning of Japan: the database's clock decides which day it is. */
  onModuleInit(): void {
    this.jobs.register('people-review-reminders', () => this.run(), '30 0 * * *');
  }

  /** One company a transaction: whatever interrupts it, each administrator gets one mail. */
  async run(): Promise<void> {
    const due = await sql<{ id: string; begins: Date }>(this.em, DUE);
    for (const { id, begins } of due)
      await inTransaction(this.em, async () => {
        if (!(await this.#claim(id, begins))) return;
        for (const administrator of await this.#administratorsOf(id))
          await this.mails.reviewReminder(administrator);
      });
  }

  /** False when another instance reminded the company meanwhile, or it switched reminders off. */
  async #claim(corporationId: string, begins: Date): Promise<boolean> {
    const claimed = await sqlOne(
      this.em,
      `insert into people_reviews as r (corporation_id, reminded_at) values ($1, genkan_now())
       on conflict (corporation_id) do update set reminded_at = excluded.reminded_at
       where r.reminders and coalesce(r.reminded_at < $2, true)
       returning corporation_id`,
      [corporationId, begins],
    );
    return claimed !== undefined;
  }

  #administratorsOf(corporationId: string): Promise<Addressee[]> {
    return sql(
      this.em,
      `select a.id as "accountId", c.id as "corporationId", c.name as "corporationName",
              a.name, a.email, a.language
       from usable_administrators u
       join accounts a on a.id = u.id join corporations c on c.id = u.corporation_id
       where u.corporation_id = $1 order by a.created_at, a.id`,
      [corporationId],
    );
  }
}
