import { EventEmitter } from 'node:events';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { Logger as WorkerLogger, type WorkerEvents } from 'graphile-worker';
import { sql } from 'kysely';
import { Pool, type PoolClient } from 'pg';
import { framesOf, sentenceOf } from '../database/faults.js';
import { tables } from '../database/tables.js';
import { inUnitOfWork } from '../database/unit-of-work.js';
import { JobRunners } from './job-runners.js';
import { LastingRunner, type LastingOptions } from './lasting-runner.js';

export type Job = (payload: unknown) => Promise<void>;

type Tasks = Record<string, Job>;

interface When {
  runAt?: Date;
  /** A waiting job of the same key is replaced. */
  key?: string;
  /** Jobs of one queue are done one after the other. */
  queue?: string;
}

/** Each kind has so many slots of its own in a process. */
const SLOTS = 2;

/**
 * Work that outlives the request that caused it. A job is added in the caller's transaction, so it
 * exists exactly when its cause was committed, and each is done by one of all instances. Jobs that
 * people cause never wait for a scheduled one, which may take minutes.
 */
@Injectable()
export class Jobs implements BeforeApplicationShutdown {
  readonly #caused: Tasks = {};
  readonly #scheduled: Tasks = {};
  readonly #schedule: string[] = [];
  readonly #listeners = new Map<string, (payload: string) => void>();
  readonly #log = new Logger(Jobs.name);
  #working: LastingRunner[] = [];

  constructor(
    private readonly em: EntityManager,
    private readonly pool: Pool,
    private readonly runners: JobRunners,
  ) {}

  /** @param schedule minute hour day month weekday, for jobs that nobody adds */
  register(name: string, job: Job, schedule?: string): void {
    const tasks = schedule ? this.#scheduled : this.#caused;
    tasks[name] = (payload) => inUnitOfWork(() => job(payload)).catch(failPlainly);
    if (schedule) this.#schedule.push(`${schedule} ${name}`);
  }

  /** Hears what `pg_notify` says on a channel, as soon as it is committed. Some may be missed. */
  listen(channel: string, heard: (payload: string) => void): void {
    this.#listeners.set(channel, heard);
  }

  async add(name: string, payload: object, { runAt, key, queue }: When = {}): Promise<void> {
    await sql`select graphile_worker.add_job(
      ${name}, payload := ${JSON.stringify(payload)}, run_at := ${runAt ?? null},
      job_key := ${key ?? null}, queue_name := ${queue ?? null}, max_attempts := 25)`.execute(
      tables(this.em),
    );
  }

  /** The queue's time: the server's own. */
  async now(): Promise<Date> {
    const [row] = await this.em.execute<{ now: Date }[]>('select now() as now');
    return row!.now;
  }

  /** Begins to do jobs; before, they only gather. */
  async start(): Promise<void> {
    const events = new EventEmitter() as WorkerEvents;
    events.on('pool:listen:success', ({ client }) => this.#listenBy(client));
    const crontab = this.#schedule.join('\n');
    this.#working = [
      await LastingRunner.begin({ ...this.#options(this.#caused), events }),
      await LastingRunner.begin({ ...this.#options(this.#scheduled), crontab }),
    ];
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.#working.map((runner) => runner.stop()));
  }

  /** Seconds that the oldest due job has been waiting or running for; 0 when there is none. */
  async age(): Promise<number> {
    const [found] = await this.em.execute<{ age: number }[]>(
      `select coalesce(max(extract(epoch from now() - greatest(run_at, created_at))), 0)::int as age
       from graphile_worker.jobs where run_at <= now() and attempts < max_attempts`,
    );
    return found!.age;
  }

  /** The job queue has a connection that listens, and replaces it when it ends. */
  #listenBy(client: PoolClient): void {
    client.on('notification', ({ channel, payload = '' }) =>
      this.#listeners.get(channel)?.(payload),
    );
    const channels = [...this.#listeners.keys()].map((channel) => `listen "${channel}";`);
    // After the queue's own statement.
    client.once('drain', () => client.query(channels.join(' ')).catch(() => undefined));
  }

  #options(taskList: Tasks): LastingOptions {
    return {
      pgPool: this.pool,
      taskList,
      concurrency: SLOTS,
      noHandleSignals: true,
      preset: {
        plugins: [
          {
            name: 'genkan-job-runners',
            version: '1',
            worker: {
              hooks: {
                startWorker: (_, { worker }) => this.runners.join(worker.workerPool.id),
                stopWorker: (_, { worker }) => this.runners.part(worker.workerPool.id),
              },
            },
          },
        ],
      },
      logger: new WorkerLogger(() => (level, message) => {
        if (level === 'error' || level === 'warning') this.#log.warn(message);
      }),
    };
  }
}

/** The queue keeps and logs what a job failed with, whatever rows of people the database quotes there. */
function failPlainly(fault: unknown): never {
  const error = fault instanceof Error ? fault : new Error(String(fault));
  const plain = new Error(sentenceOf(error));
  plain.stack = `${plain.message}\n${framesOf(error)}`;
  throw plain;
}
