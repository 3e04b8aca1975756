import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Pool } from 'pg';
import { inTransaction } from '../../database/transaction.js';
import { DAY_SECONDS } from '../../durations.js';
import { Account } from '../../identity/account.entity.js';
import { Jobs } from '../../jobs/jobs.js';
import { Limits } from '../../limits/limits.js';
import { OwnAccountMails } from '../../mail/own-account-mails.js';
import { browserInWords, type BrowserFacts } from '../../web/browser-name.js';
import { IS_ANSWERED } from './sign-in-history.js';

const LIMIT = 'half-sign-in:';

/**
 * Right passwords of the last two hours, from networks that the account never signed in from, whose
 * question nobody answered within its time; the last one of each account, of those not told today.
 */
const FIND = `
  select distinct on (e.account_id) e.account_id as "accountId", e.at, host(e.address) as address, e.facts
  from audit_entries e join accounts a on a.id = e.account_id
  where e.at between genkan_now() - interval '2 hours' and genkan_now() - interval '6 minutes'
    and e.act = 'sign-in' and e.reason = 'second-factor-needed'
    and a.state = 'active' and a.second_factor_since is not null
    and not ${IS_ANSWERED}
    and not exists (
      select from known_environments k
      where k.account_id = a.id and k.browser = '' and k.network >>= e.address
        and k.last_seen_at > genkan_now() - interval '90 days')
    and not exists (
      select from limit_counters l
      where l.key = '${LIMIT}' || a.id and l.used > 0 and l.ends_at > genkan_now())
  order by e.account_id, e.at desc limit 500`;

interface Found {
  accountId: string;
  at: Date;
  address: string;
  facts: Partial<BrowserFacts>;
}

/**
 * Tells the owner, at most once a day, that somebody gave the right password where the account was
 * never signed in to, and not the second factor. A job does it, so the sign-in answers as always.
 */
@Injectable()
export class HalfSignIns implements OnModuleInit {
  constructor(
    private readonly em: EntityManager,
    private readonly pool: Pool,
    private readonly limits: Limits,
    private readonly mails: OwnAccountMails,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.register('tell-half-sign-ins', () => this.run(), '*/5 * * * *');
  }

  async run(): Promise<void> {
    const { rows } = await this.pool.query<Found>(FIND);
    for (const found of rows) await inTransaction(this.em, () => this.#tell(found));
  }

  async #tell({ accountId: id, at: time, address, facts }: Found): Promise<void> {
    const once = { key: `${LIMIT}${id}`, maximum: 1, seconds: DAY_SECONDS };
    if (!(await this.limits.takeUnlessFault(once)).ok) return;
    const person = await this.em.findOneOrFail(Account, id, { populate: ['corporation'] });
    if (!person.hasProvedMailbox) return;
    await this.mails.halfSignIn(person.addressee, {
      time,
      address,
      browser: browserInWords(facts),
    });
  }
}
