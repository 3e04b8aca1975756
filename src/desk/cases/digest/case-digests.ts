import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DeskCalendar } from '../../../cases/desk-calendar.js';
import { dayInJapan } from '../../../cases/opening-hours.js';
import { Config } from '../../../config.js';
import { databaseNow } from '../../../database/clock.js';
import { tables } from '../../../database/tables.js';
import { inTransaction } from '../../../database/transaction.js';
import { Jobs } from '../../../jobs/jobs.js';
import { Mails } from '../../../mail/mails.js';
import { whoInWords } from '../case-list-view.js';
import { CaseLists } from '../case-lists.js';

/** In one mail, those that are due first. */
const NAMED = 20;

/** Tells the desk each working morning what is open, once. */
@Injectable()
export class CaseDigests implements OnModuleInit {
  constructor(
    private readonly config: Config,
    private readonly em: EntityManager,
    private readonly jobs: Jobs,
    private readonly calendar: DeskCalendar,
    private readonly lists: CaseLists,
    private readonly mails: Mails,
  ) {}

  onModuleInit(): void {
    this.jobs.register('desk-digest', () => this.run(), '*/5 * * * *');
  }

  /** Nothing without pages of the desk, which the mail leads to. */
  async run(): Promise<void> {
    if (this.config.deskNetworks.length === 0) return;
    await inTransaction(this.em, async () => {
      const now = await databaseNow(this.em);
      if (!this.calendar.hasBegun(now) || !(await this.#isFirst(dayInJapan(now)))) return;
      const { mine: _, ...counts } = await this.lists.counts(null);
      if (counts.open === 0) return;
      await this.mails.digestForDesk({ ...counts, cases: await this.#due() });
    });
  }

  async #isFirst(day: string): Promise<boolean> {
    const noted = await tables(this.em)
      .insertInto('desk_digests')
      .values({ day })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    return noted.numInsertedOrUpdatedRows === 1n;
  }

  async #due() {
    const due = await this.lists.mostUrgent(NAMED, { isDueLater: false });
    return due.map((row) => {
      const { number, kind, dueAt, isAnswerLost } = row;
      return { number, kind, who: whoInWords(row), dueAt, isAnswerLost };
    });
  }
}
