import { EntityManager, type Kysely } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sqlBefore, sqlNow } from '../database/clock.js';
import { tables, type Tables } from '../database/tables.js';
import { Jobs } from './jobs.js';

const PAST = { days: 90 };

/** Rows whose time is over, so that they decide nothing. Recoveries go with their links. */
const expired = (db: Kysely<Tables>) => [
  db.deleteFrom('flows').where('ends_at', '<', sqlNow),
  db.deleteFrom('form_submissions').where('created_at', '<', sqlBefore({ minutes: 45 })),
  db.deleteFrom('limit_counters').where('ends_at', '<', sqlNow),
  db.deleteFrom('waiting_times').where('last_failed_at', '<', sqlBefore({ days: 2 })),
  db.deleteFrom('sessions').where('ends_at', '<', sqlNow),
  db.deleteFrom('devices').where('ends_at', '<', sqlNow),
  db.deleteFrom('mailed_links').where('ends_at', '<', sqlBefore(PAST)),
  // Nobody proved the mailbox of these, and their links are over.
  db
    .deleteFrom('enrollments')
    .where('state', '=', 'by-mail')
    .where('created_at', '<', sqlBefore({ days: 2 })),
  db.deleteFrom('invitations').where('ends_at', '<', sqlBefore(PAST)),
  db.deleteFrom('ip_tickets').where('replaced_at', '<', sqlBefore(PAST)),
  db
    .deleteFrom('email_changes')
    .where(
      (is) => is.fn<Date>('greatest', ['ends_at', 'undo_ends_at']),
      '<',
      sqlBefore({ days: 14 }),
    ),
  db.deleteFrom('known_environments').where('last_seen_at', '<', sqlBefore(PAST)),
  // An applicant who never became an administrator is forgotten; the case stays for the history.
  db
    .updateTable('enrollments')
    .set({ applicant: '', applicant_email: '', newcomer_statement: null })
    .where('state', 'in', ['withdrawn', 'expired', 'refused'])
    .where('applicant', '<>', '')
    .where('decided_at', '<', sqlBefore(PAST)),
];

/** Keeps the tables small. */
@Injectable()
export class CleanUp implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly em: EntityManager,
  ) {}

  onModuleInit(): void {
    this.jobs.register('clean-up', () => this.run(), '7 * * * *');
  }

  async run(): Promise<void> {
    for (const statement of expired(tables(this.em))) await statement.execute();
  }
}
