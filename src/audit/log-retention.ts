import { EntityManager, type Kysely } from '@mikro-orm/postgresql';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql, type SelectQueryBuilder } from 'kysely';
import { Config } from '../config.js';
import { WITHOUT_LIMIT } from '../database/silence.js';
import { tables, type Tables } from '../database/tables.js';
import { inTransaction } from '../database/transaction.js';
import { Jobs } from '../jobs/jobs.js';
import { Audit } from './audit.js';
import { AuditSeal } from './seals/audit-seal.entity.js';

/** Tables that wait for their month, so that a job may be late by as long. */
const MONTHS_AHEAD = 3;

const BATCH = 1_000;

/** The closed list of what is forgotten with the log, besides the log itself; a batch at a time. */
const leftovers = (db: Kysely<Tables>, months: number) => {
  const before = sql<Date>`genkan_now() - make_interval(months => ${months})`;
  const mails = db
    .selectFrom('mail_deliveries')
    .select('id')
    .where('created_at', '<', before)
    .where('state', 'not in', ['queued', 'deferred'])
    .$call(batchOf);
  const requests = db
    .selectFrom('ip_requests')
    .select('id')
    .where('created_at', '<', before)
    .$call(batchOf);
  const objections = db
    .selectFrom('witnesses as w')
    .innerJoin('enrollments as e', 'e.id', 'w.enrollment_id')
    .select('w.id')
    .where('e.decided_at', '<', before)
    .where('e.state', '<>', 'objected')
    .where('w.statement', 'is not', null)
    .limit(BATCH)
    .forUpdate('w')
    .skipLocked();
  const statements = db
    .selectFrom('enrollments')
    .select('id')
    .where('decided_at', '<', before)
    .where('state', '<>', 'objected')
    .where('newcomer_statement', 'is not', null)
    .$call(batchOf);
  const unsaid = { newcomer_statement: null };
  const names = db
    .selectFrom('former_names')
    .select(['account_id', 'until'])
    .where('until', '<', before)
    .$call(batchOf)
    .$asTuple('account_id', 'until');
  return {
    mails: db.deleteFrom('mail_deliveries').where('id', 'in', mails),
    requests: db.deleteFrom('ip_requests').where('id', 'in', requests),
    objections: db.updateTable('witnesses').set({ statement: null }).where('id', 'in', objections),
    statements: db.updateTable('enrollments').set(unsaid).where('id', 'in', statements),
    names: db
      .deleteFrom('former_names')
      .where(({ eb, refTuple }) => eb(refTuple('account_id', 'until'), 'in', names)),
  };
};

function batchOf<DB, Table extends keyof DB, Row>(rows: SelectQueryBuilder<DB, Table, Row>) {
  return rows.limit(BATCH).forUpdate().skipLocked();
}

/** Keeps the log within `AUDIT_RETENTION_MONTHS`, and a table ready for each month to come. */
@Injectable()
export class LogRetention implements OnModuleInit {
  constructor(
    private readonly config: Config,
    private readonly em: EntityManager,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
  ) {}

  onModuleInit(): void {
    this.jobs.register('make-log-months', () => this.makeMonths(), '41 * * * *');
    this.jobs.register('drop-old-log', () => this.dropOld(), '53 18 * * *');
  }

  /** Rows that came before their table move into it, which may take longer than a request. */
  async makeMonths(): Promise<void> {
    await inTransaction(this.em, async () => {
      await this.em.execute(WITHOUT_LIMIT);
      await this.em.execute('select create_audit_partitions(?)', [MONTHS_AHEAD]);
    });
  }

  /** Each month goes in a transaction of its own, and leaves a row. */
  async dropOld(): Promise<void> {
    while (await inTransaction(this.em, () => this.#dropMonth()));
    const forgotten: Record<string, number> = {};
    const batches = leftovers(tables(this.em), this.config.auditRetentionMonths);
    for (const [facts, batch] of Object.entries(batches)) forgotten[facts] = await inBatches(batch);
    const total = Object.values(forgotten).reduce((sum, count) => sum + count, 0);
    if (total > 0) await this.audit.done('log-retention', {}, forgotten);
  }

  async #dropMonth(): Promise<boolean> {
    const [first] = await this.em.execute<{ ends: Date }[]>(
      'select min(ends_at) as ends from audit_partitions',
    );
    const [found] = await this.em.execute<{ month: string | null }[]>(
      'select drop_audit_partition(?) as month',
      [this.config.auditRetentionMonths],
    );
    const month = found!.month;
    if (month === null) return false;
    await this.em.nativeDelete(AuditSeal, { ends: { $lte: first!.ends } });
    await this.audit.done('log-retention', {}, { month });
    return true;
  }
}

interface Batch {
  executeTakeFirst(): Promise<object>;
}

/** @returns how many rows it took in all */
async function inBatches(batch: Batch): Promise<number> {
  for (let total = 0; ;) {
    const taken = Number(Object.values(await batch.executeTakeFirst())[0]);
    total += taken;
    if (taken < BATCH) return total;
  }
}
