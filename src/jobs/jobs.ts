import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { Logger as WorkerLogger } from 'graphile-worker';
import { sql } from 'kysely';
import { Pool } from 'pg';
import { tables } from '../database/tables.js';
import { inUnitOfWork } from '../database/unit-of-work.js';
import { LastingRunner } from './lasting-runner.js';

export type Job = (payload: unknown) => Promise<void>;

interface When {
  runAt?: Date;
  /** A waiting job of the same key is replaced. */
  key?: string;
}

/**
 * Work that outlives the request that caused it. A job is added in the caller's transaction, so it
 * exists exactly when its cause was committed, and each is done by one of all instances.
 */
@Injectable()
export class Jobs implements BeforeApplicationShutdown {
  readonly #tasks: Record<string, Job> = {};
  readonly #schedule: string[] = [];
  readonly #log = new Logger(Jobs.name);
  #runner: LastingRunner | undefined;

  constructor(
    private readonly em: EntityManager,
    private readonly pool: Pool,
  ) {}

  /** @param schedule minute hour day month weekday, for jobs that nobody adds */
  register(name: string, job: Job, schedule?: string): void {
    this.#tasks[name] = (payload) => inUnitOfWork(() => job(payload));
    if (schedule) this.#schedule.push(`${schedule} ${name}`);
  }

  async add(name: string, payload: object, { runAt, key }: When = {}): Promise<void> {
    await sql`select graphile_worker.add_job(
      ${name}, payload := ${JSON.stringify(payload)}, run_at := ${runAt ?? null},
      job_key := ${key ?? null}, max_attempts := 25)`.execute(tables(this.em));
  }

  /** The queue's time: the server's own. */
  async now(): Promise<Date> {
    const [row] = await this.em.execute<{ now: Date }[]>('select now() as now');
    return row!.now;
  }

  /** Begins to do jobs; before, they only gather. */
  async start(): Promise<void> {
    this.#runner = await LastingRunner.begin({
      pgPool: this.pool,
      taskList: this.#tasks,
      crontab: this.#schedule.join('\n'),
      concurrency: 2,
      noHandleSignals: true,
      logger: new WorkerLogger(() => (level, message) => {
        if (level === 'error' || level === 'warning') this.#log.warn(message);
      }),
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#runner?.stop();
  }

  /** Seconds that the oldest due job has been waiting for; 0 when none waits. */
  async age(): Promise<number> {
    const [found] = await this.em.execute<{ age: number }[]>(
      `select coalesce(max(extract(epoch from now() - greatest(run_at, created_at))), 0)::int as age
       from graphile_worker.jobs where run_at <= now() and locked_at is null and attempts < max_attempts`,
    );
    return found!.age;
  }
}
