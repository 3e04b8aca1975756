import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { after, before, databaseNow, sqlNow, type Span } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import { inTransaction } from '../../database/transaction.js';
import { administratorsOf } from '../../identity/administrators.js';
import { Jobs } from '../../jobs/jobs.js';
import { MAIL_PRIORITY } from '../../mail/mail-priority.js';
import { MemberMails } from '../../mail/member-mails.js';
import { WaitingMails } from '../../mail/waiting-mails.js';

/** A half year that began earlier is let go, so that an interruption reminds nobody out of season. */
const SEASON = { days: 14 };
/** Companies that reviewed just before are not asked again. */
const RECENT = { days: 30 };
const JAPAN = { hours: 9 };

const REMINDERS_JOB = 'people-review-reminders';
/** So many companies a minute at most, and none while reminders still wait for the mail server. */
const PORTION = 100;

/** 棚卸しのお願い: twice a year to the administrators of every company that has not switched it off. */
@Injectable()
export class ReviewReminders implements OnModuleInit {
  constructor(
    private readonly em: EntityManager,
    private readonly jobs: Jobs,
    private readonly mails: MemberMails,
    private readonly waiting: WaitingMails,
  ) {}

  /** Daily in the morning of Japan: the database's clock decides which day it is. */
  onModuleInit(): void {
    this.jobs.register(REMINDERS_JOB, () => this.run(), '30 0 * * *');
  }

  /**
   * One portion; the next one follows by itself. One company a transaction: whatever interrupts it,
   * each administrator gets one mail.
   */
  async run(): Promise<void> {
    const now = await databaseNow(this.em);
    const begins = halfYearOf(now);
    if (begins <= before(now, SEASON)) return;
    const isServerBusy = await this.waiting.isAnyInTurn(MAIL_PRIORITY.reminder);
    const due = isServerBusy ? [] : await this.#due(begins);
    for (const { id } of due) await this.#remind(id, begins);
    if (isServerBusy || due.length === PORTION) await this.#goOnIn({ minutes: 1 });
  }

  async #remind(corporationId: string, begins: Date): Promise<void> {
    await inTransaction(this.em, async () => {
      if (!(await this.#claim(corporationId, begins))) return;
      for (const to of await administratorsOf(this.em, corporationId))
        await this.mails.reviewReminder(to);
    });
  }

  async #goOnIn(span: Span): Promise<void> {
    const runAt = after(await this.jobs.now(), span);
    await this.jobs.add(REMINDERS_JOB, {}, { runAt, key: REMINDERS_JOB });
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
      .orderBy('c.id')
      .limit(PORTION)
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
