import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Audit } from '../../../audit/audit.js';
import { sql } from '../../../database/sql.js';
import { inTransaction } from '../../../database/transaction.js';
import { Jobs } from '../../../jobs/jobs.js';
import { RESTORABLE_DAYS } from '../member.js';

const BATCH = 200;

interface Gone {
  id: string;
  corporation_id: string;
}

/** Names and addresses of these accounts ($1) that stand elsewhere. */
const TRACES = [
  `update mail_deliveries set recipient = '', sealed_message = null,
          state = case when state in ('queued', 'deferred') then 'suppressed' else state end
   where account_id = any($1)
      or id in (select delivery_id from invitations where account_id = any($1))`,
  `update invitations set name = '', name_kana = '', department = '', phone = '', email = '', email_key = ''
   where account_id = any($1)`,
  `update email_changes set email = '', former_email = null where account_id = any($1)`,
  `update enrollments set applicant = '', applicant_email = '', newcomer_statement = null
   where account_id = any($1)`,
];

/**
 * Takes the person out of accounts that nobody can restore any more. The row stays, because the
 * history speaks of it, and so does the login ID, as a hash: nobody else gets it.
 */
@Injectable()
export class Anonymisation implements OnModuleInit {
  constructor(
    private readonly em: EntityManager,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
  ) {}

  onModuleInit(): void {
    this.jobs.register('anonymise-accounts', () => this.run(), '23 18 * * *');
  }

  /** @returns when nobody is left; running it again changes nothing */
  async run(): Promise<void> {
    while ((await inTransaction(this.em, () => this.#batch())) === BATCH);
  }

  async #batch(): Promise<number> {
    const gone = await sql<Gone>(
      this.em,
      `update accounts set name = '', name_kana = '', department = '', phone = '', email = '',
              email_key = '', password_hash = '', login_id = '',
              login_id_key = reserved_login_id_key(login_id_key), last_sign_in_address = null,
              anonymised_at = genkan_now()
       where id in (select id from accounts
                    where state = 'deleted' and anonymised_at is null
                      and deleted_at <= genkan_now() - make_interval(days => $1)
                    order by deleted_at limit $2 for update skip locked)
       returning id, corporation_id`,
      [RESTORABLE_DAYS, BATCH],
    );
    const ids = gone.map(({ id }) => id);
    for (const statement of TRACES) await sql(this.em, statement, [ids]);
    for (const { id, corporation_id: corporationId } of gone)
      await this.audit.record({
        act: 'account-anonymisation',
        reason: 'done',
        corporationId,
        facts: { target: id },
      });
    return gone.length;
  }
}
