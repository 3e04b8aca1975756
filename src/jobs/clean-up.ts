import { EntityManager, type Kysely } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql, type RawBuilder } from 'kysely';
import { sqlBefore, sqlNow, type Span } from '../database/clock.js';
import { tables, type Tables } from '../database/tables.js';
import { Jobs } from './jobs.js';

const PAST = { days: 90 };
const NONE = { seconds: 0 };
/** The content of a mail that was refused: what a wrong relay refused can be queued anew. */
const REFUSED = { hours: 48 };
/** Jobs that failed at their last try. */
const FAILED_JOBS = '7 days';

/** 2 MB of a table, about 20,000 small rows: far below the limit of a statement. */
const BLOCKS_AT_ONCE = 256;

/** When the time of a row is over, by the last of these columns, and how long it stays after that. */
type Expiry<Table extends keyof Tables> = [columns: (keyof Tables[Table] & string)[], stays: Span];

/** Rows whose time is over, so that they decide nothing. Recoveries go with their links. */
const expired: { [Table in keyof Tables]?: Expiry<Table> } = {
  flows: [['ends_at'], NONE],
  form_submissions: [['created_at'], { minutes: 45 }],
  limit_counters: [['ends_at'], NONE],
  waiting_times: [['last_failed_at'], { days: 2 }],
  sessions: [['ends_at'], NONE],
  ended_sessions: [['ends_at'], NONE],
  devices: [['ends_at'], NONE],
  pending_sign_ins: [['ends_at'], NONE],
  operator_sessions: [['ends_at'], NONE],
  operator_sign_ins: [['ends_at'], NONE],
  second_factor_reminders: [['due_at'], PAST],
  mailed_links: [['ends_at'], PAST],
  invitations: [['ends_at'], PAST],
  ip_tickets: [['replaced_at'], PAST],
  // With the lines of its report.
  desk_imports: [['created_at'], PAST],
  factor_removals: [['ends_at', 'ended_at'], PAST],
  email_changes: [['ends_at', 'undo_ends_at'], { days: 14 }],
  known_environments: [['last_seen_at'], PAST],
  desk_cases: [['closed_at'], { days: 1_095 }],
  desk_digests: [['day'], PAST],
  refused_requests: [['at'], { days: 7 }],
};

/** The same for the few that an index finds. */
const found = (db: Kysely<Tables>) => [
  // Nobody proved the mailbox of these, and their links are over.
  db
    .deleteFrom('enrollments')
    .where('state', '=', 'by-mail')
    .where('created_at', '<', sqlBefore({ days: 2 })),
  // Denied before anybody compared the numbers; the links that say so are over.
  db
    .deleteFrom('enrollments')
    .where('state', '=', 'withdrawn')
    .where('corporation_id', 'is', null)
    .where('decided_at', '<', sqlBefore(PAST)),
  db
    .deleteFrom('desk_import_pieces')
    .where(({ selectFrom, eb }) =>
      eb('run_id', 'in', selectFrom('desk_imports').select('id').where('ends_at', '<', sqlNow)),
    ),
  // An applicant who never became an administrator is forgotten; the case stays for the history.
  db
    .updateTable('enrollments')
    .set({ applicant: '', applicant_email: '', newcomer_statement: null })
    .where('state', 'in', ['withdrawn', 'expired', 'refused'])
    .where('applicant', '<>', '')
    .where('decided_at', '<', sqlBefore(PAST)),
  db
    .updateTable('desk_cases')
    .set({ sealed_question: null, asker_name: '', asker_company: '', asker_email_key: '' })
    .set({ asker_kana: '', asker_login_key: '' })
    .where(sql<boolean>`(sealed_question is not null or asker_email_key <> '')`)
    .where('closed_at', '<', sqlBefore(PAST)),
  db
    .updateTable('mail_deliveries')
    .set({ sealed_message: null })
    .where(sql<boolean>`state = 'bounced' and sealed_message is not null`)
    .where('finished_at', '<', sqlBefore(REFUSED)),
];

@Injectable()
export class CleanUp implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly em: EntityManager,
  ) {}

  onModuleInit(): void {
    this.jobs.register('clean-up', () => this.run(), '7 * * * *');
  }

  /** In small steps, each of which stays done: a run that is cut off is finished by the next. */
  async run(): Promise<void> {
    for (const [table, [columns, stays]] of Object.entries(expired))
      for (const part of partsOf(await this.#blocksOf(table)))
        await sql`delete from ${sql.table(table)} where ${part}
                  and greatest(${sql.join(columns.map(sql.ref))}) < ${sqlBefore(stays)}`.execute(
          tables(this.em),
        );
    for (const statement of found(tables(this.em))) await statement.execute();
    await this.#failedJobs();
  }

  async #blocksOf(table: string): Promise<number> {
    const [size] = await this.em.execute<{ blocks: number }[]>(
      `select (pg_relation_size(?) / current_setting('block_size')::int)::int as blocks`,
      [table],
    );
    return size!.blocks;
  }

  async #failedJobs(): Promise<void> {
    const over = `select array_agg(id) from graphile_worker.jobs
      where attempts >= max_attempts and locked_at is null and updated_at < now() - ?::interval`;
    await this.em.execute(`select from graphile_worker.complete_jobs((${over}))`, [FAILED_JOBS]);
  }
}

/** A table is read once, whatever indexes it has, and however much of it is deleted. */
function* partsOf(blocks: number): Generator<RawBuilder<boolean>> {
  for (let first = 0; first < blocks; first += BLOCKS_AT_ONCE) {
    const [from, to] = [`(${first},0)`, `(${first + BLOCKS_AT_ONCE},0)`];
    yield sql<boolean>`ctid >= ${from}::tid and ctid < ${to}::tid`;
  }
}
