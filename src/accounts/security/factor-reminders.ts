import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql } from 'kysely';
import { isAsked } from '../../corporations/factor-policy.js';
import { after } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import { inTransaction } from '../../database/transaction.js';
import { Account } from '../../identity/account.entity.js';
import { Jobs } from '../../jobs/jobs.js';
import { MAIL_PRIORITY } from '../../mail/mail-priority.js';
import { MemberMails } from '../../mail/member-mails.js';
import { WaitingMails } from '../../mail/waiting-mails.js';

const JOB = 'second-factor-reminders';
/** So many people a minute at most, and none while reminders still wait for the mail server. */
const PORTION = 100;

interface Claimed {
  account_id: string;
  due_at: Date;
}

/**
 * Asks people to set a second factor up, 14 days, 7 days and 1 day before it is asked of them. What
 * was missed meanwhile is left out: nobody gets two of them at once.
 */
@Injectable()
export class FactorReminders implements OnModuleInit {
  constructor(
    private readonly em: EntityManager,
    private readonly jobs: Jobs,
    private readonly mails: MemberMails,
    private readonly waiting: WaitingMails,
  ) {}

  onModuleInit(): void {
    this.jobs.register(JOB, () => this.run(), '37 * * * *');
  }

  /** In the caller's transaction: the first reminders go out with its commit. */
  async begin(): Promise<void> {
    await this.jobs.add(JOB, {}, { key: JOB });
  }

  /** One portion; the next one follows by itself. */
  async run(): Promise<void> {
    const isServerBusy = await this.waiting.isAnyInTurn(MAIL_PRIORITY.reminder);
    const told = isServerBusy ? 0 : await this.#tellPortion();
    if (!isServerBusy && told < PORTION) return;
    const runAt = after(await this.jobs.now(), { minutes: 1 });
    await this.jobs.add(JOB, {}, { runAt, key: JOB });
  }

  #tellPortion(): Promise<number> {
    return inTransaction(this.em, async () => {
      const claimed = await this.#claim();
      const days = new Map(claimed.map((each) => [each.account_id, each.due_at]));
      const ids = { id: { $in: [...days.keys()] } };
      const found = await this.em.find(Account, ids, { populate: ['corporation'] });
      for (const { id, addressee, corporation, role } of found)
        await this.mails.factorReminder(addressee, days.get(id)!, {
          isOfCompany: isAsked(corporation.factorPolicy, role),
        });
      return claimed.length;
    });
  }

  /** Of parallel callers each gets others. The day stays in the database: it is finer than a `Date`. */
  async #claim(): Promise<Claimed[]> {
    const { rows } = await sql<Claimed>`
      insert into second_factor_reminders (account_id, due_at, days_before)
      select d.account_id, d.due_at, stage.days_before
      from second_factor_duties d
      join corporations c on c.id = d.corporation_id and c.state = 'active'
      cross join lateral (
        select min(days) as days_before from unnest(array[14, 7, 1]) as days
        where d.due_at - days * interval '1 day' <= genkan_now()) stage
      where d.state = 'active' and d.second_factor_since is null and d.due_at > genkan_now()
        and stage.days_before is not null
        and not exists (
          select from second_factor_reminders r
          where r.account_id = d.account_id and r.due_at = d.due_at
            and r.days_before <= stage.days_before)
      order by d.due_at, d.account_id limit ${PORTION}
      on conflict do nothing
      returning account_id, due_at`.execute(tables(this.em));
    return rows;
  }
}
