import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { sql } from 'kysely';
import { Config } from '../../config.js';
import { lockNumber } from '../../database/advisory-locks.js';
import { tables } from '../../database/tables.js';
import { inTransaction } from '../../database/transaction.js';
import { HOUR_MS } from '../../durations.js';
import { Jobs } from '../../jobs/jobs.js';
import { AuditSeal } from './audit-seal.entity.js';
import { rowMarksOf } from './row-marks.js';

export const SEALS = 'audit-seals';
const BATCH = 20;
const NOTHING = Buffer.alloc(0);

/** Seals the log an hour at a time, one hour after it is over. Writers of the log do nothing for it. */
@Injectable()
export class LogSeals implements OnModuleInit {
  readonly #log = new Logger(LogSeals.name);

  constructor(
    private readonly config: Config,
    private readonly em: EntityManager,
    private readonly jobs: Jobs,
  ) {}

  onModuleInit(): void {
    this.jobs.register('seal-log', () => this.seal(), '11 * * * *');
  }

  /** All hours that are over; an hour in which somebody still writes waits for the next run. */
  async seal(): Promise<void> {
    while (await inTransaction(this.em, () => this.#sealHour()));
  }

  /**
   * With the new key, and chained to what was sealed anew before it. What is wrong stays as it is.
   * @returns how many; undefined while another process seals
   */
  async renew(): Promise<number | undefined> {
    return inTransaction(this.em, async () => {
      if (!(await this.#isAlone())) return undefined;
      const [key, ...others] = this.config.keysFor(SEALS);
      let renewed = 0;
      let former: { was: Buffer; is: Buffer } | undefined;
      for await (const seal of this.all()) {
        const was = seal.seal;
        const isRight = [key!, ...others].some((each) => seal.isSealedBy(each));
        if (isRight && (!former || seal.former.equals(former.was))) {
          if (former) seal.former = former.is;
          seal.sealBy(key!);
        }
        if (!seal.seal.equals(was)) {
          const { number, former: chained, seal: made } = seal;
          await this.em.nativeUpdate(AuditSeal, { number }, { former: chained, seal: made });
          renewed += 1;
        }
        former = { was, is: seal.seal };
      }
      return renewed;
    });
  }

  /** In their order, and kept by nobody: there may be many. */
  async *all(): AsyncGenerator<AuditSeal> {
    for (let last = 0; ;) {
      const orderBy = { number: 'asc' } as const;
      const seals = await this.em.find(
        AuditSeal,
        { number: { $gt: last } },
        { orderBy, limit: BATCH, disableIdentityMap: true },
      );
      yield* seals;
      if (seals.length < BATCH) return;
      last = seals.at(-1)!.number;
    }
  }

  async #sealHour(): Promise<boolean> {
    if (!(await this.#isAlone())) return false;
    const last = await this.em.findOne(AuditSeal, { number: { $gt: 0 } }, { orderBy: NEWEST });
    const begins = last?.ends ?? (await this.#thisHour());
    const ends = new Date(begins.getTime() + (last ? HOUR_MS : 0));
    if (last && !(await this.#isOver(ends))) return false;
    const number = (last?.number ?? 0) + 1;
    const marks = last ? await rowMarksOf(this.em, begins, ends) : NOTHING;
    const given = { number, begins, ends, marks, former: last?.seal ?? NOTHING, seal: NOTHING };
    const seal = this.em.create(AuditSeal, given);
    seal.sealBy(this.config.keyFor(SEALS));
    await this.em.flush();
    this.#log.log(`log seal ${number} until ${ends.toISOString()}: ${seal.seal.toString('hex')}`);
    return true;
  }

  async #isAlone(): Promise<boolean> {
    const { alone } = await tables(this.em)
      .selectNoFrom(
        sql<boolean>`pg_try_advisory_xact_lock(${lockNumber('audit-seals')})`.as('alone'),
      )
      .executeTakeFirstOrThrow();
    return alone;
  }

  async #thisHour(): Promise<Date> {
    const { rows } = await sql<{
      hour: Date;
    }>`select date_trunc('hour', genkan_now()) as hour`.execute(tables(this.em));
    return rows[0]!.hour;
  }

  /** For an hour already, and nobody who began to write before is still at it: rows have the time of their transaction. */
  async #isOver(ends: Date): Promise<boolean> {
    const { rows } = await sql<{ over: boolean }>`
      select ${ends} <= genkan_now() - interval '1 hour' and not exists (
        select from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid() and backend_xid is not null
          and xact_start < ${ends}) as over`.execute(tables(this.em));
    return rows[0]!.over;
  }
}

const NEWEST = { number: 'desc' } as const;
