import { EntityManager, type Kysely } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql, type RawBuilder } from 'kysely';
import { sqlBefore, sqlNow } from '../database/clock.js';
import { tables, type Tables } from '../database/tables.js';
import { Jobs } from './jobs.js';

const PAST = { days: 90 };
/** The content of a mail that was refused: what a wrong relay refused can be queued anew. */
const REFUSED = { hours: 48 };
/** Jobs that failed at their last try. */
const FAILED_JOBS = '7 days';

/** 2 MB of a table, about 20,000 small rows: far below the limit of a statement. */
const BLOCKS_AT_ONCE = 256;

type Blocks = RawBuilder<boolean>;

/**
 * Rows whose time is over, so that they decide nothing, in a part of their table. Recoveries go
 * with their links.
 */
const expired = {
  flows: (db, part) => db.deleteFrom('flows').where(part).where('ends_at', '<', sqlNow),
  form_submissions: (db, part) =>
    db
      .deleteFrom('form_submissions')
      .where(part)
      .where('created_at', '<', sqlBefore({ minutes: 45 })),
  limit_counters: (db, part) =>
    db.deleteFrom('limit_counters').where(part).where('ends_at', '<', sqlNow),
  waiting_times: (db, part) =>
    db
      .deleteFrom('waiting_times')
      .where(part)
      .where('last_failed_at', '<', sqlBefore({ days: 2 })),
  sessions: (db, part) => db.deleteFrom('sessions').where(part).where('ends_at', '<', sqlNow),
  devices: (db, part) => db.deleteFrom('devices').where(part).where('ends_at', '<', sqlNow),
  mailed_links: (db, part) =>
    db.deleteFrom('mailed_links').where(part).where('ends_at', '<', sqlBefore(PAST)),
  invitations: (db, part) =>
    db.deleteFrom('invitations').where(part).where('ends_at', '<', sqlBefore(PAST)),
  ip_tickets: (db, part) =>
    db.deleteFrom('ip_tickets').where(part).where('replaced_at', '<', sqlBefore(PAST)),
  email_changes: (db, part) =>
    db
      .deleteFrom('email_changes')
      .where(part)
      .where(
        (is) => is.fn<Date>('greatest', ['ends_at', 'undo_ends_at']),
        '<',
        sqlBefore({ days: 14 }),
      ),
  known_environments: (db, part) =>
    db.deleteFrom('known_environments').where(part).where('last_seen_at', '<', sqlBefore(PAST)),
} satisfies Partial<Record<keyof Tables, Sweep>>;

type Sweep = (db: Kysely<Tables>, part: Blocks) => { execute(): Promise<unknown> };

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
  // An applicant who never became an administrator is forgotten; the case stays for the history.
  db
    .updateTable('enrollments')
    .set({ applicant: '', applicant_email: '', newcomer_statement: null })
    .where('state', 'in', ['withdrawn', 'expired', 'refused'])
    .where('applicant', '<>', '')
    .where('decided_at', '<', sqlBefore(PAST)),
  db
    .updateTable('mail_deliveries')
    .set({ sealed_message: null })
    .where(sql<boolean>`state = 'bounced' and sealed_message is not null`)
    .where('finished_at', '<', sqlBefore(REFUSED)),
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

  /** In small steps, each of which stays done: a run that is cut off is finished by the next. */
  async run(): Promise<void> {
    const db = tables(this.em);
    for (const [table, sweep] of Object.entries(expired))
      for (const part of partsOf(await this.#blocksOf(table))) await sweep(db, part).execute();
    for (const statement of found(db)) await statement.execute();
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
function* partsOf(blocks: number): Generator<Blocks> {
  for (let first = 0; first < blocks; first += BLOCKS_AT_ONCE) {
    const [from, to] = [`(${first},0)`, `(${first + BLOCKS_AT_ONCE},0)`];
    yield sql<boolean>`ctid >= ${from}::tid and ctid < ${to}::tid`;
  }
}
