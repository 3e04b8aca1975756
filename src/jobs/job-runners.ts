import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { sql } from 'kysely';
import { tables } from '../database/tables.js';
import { SECOND_MS } from '../durations.js';

const BEAT_MS = 8 * SECOND_MS;
/** Five beats missed: the process is dead, or cut off from the database. */
const SILENCE_SECONDS = 40;

/**
 * Runners write down that they are alive; the jobs that a silent one holds are given back. The job
 * queue itself would wait for four hours. A runner that was only slow does such a job a second time,
 * which every job must bear.
 */
@Injectable()
export class JobRunners implements OnApplicationShutdown {
  readonly #own = new Set<string>();
  readonly #firstBeats = new Map<string, Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  #lastBeat = 0;

  constructor(private readonly em: EntityManager) {}

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  /**
   * Called for each slot of the runner before it takes its first job, so that none is held by an
   * unknown one. Slots begin together: one beat is for all of them.
   */
  join(id: string): Promise<void> {
    this.#own.add(id);
    this.#timer ??= setInterval(() => void this.beat().catch(() => undefined), BEAT_MS).unref();
    const beat = this.#firstBeats.get(id) ?? this.beat();
    this.#firstBeats.set(id, beat);
    return beat;
  }

  /** It works no more; were it to hold anything still, that is given back as if it were dead. */
  part(id: string): void {
    this.#own.delete(id);
    this.#firstBeats.delete(id);
  }

  /**
   * A process that could not write its own last beats judges nobody: after the database was away
   * everybody looks silent.
   */
  async beat(): Promise<void> {
    const former = this.#lastBeat;
    const now = performance.now();
    if (this.#own.size === 0) return;
    await tables(this.em)
      .insertInto('job_runners')
      .values([...this.#own].map((id) => ({ id, seen_at: sql<Date>`now()` })))
      .onConflict((oc) =>
        oc.column('id').doUpdateSet((eb) => ({ seen_at: eb.ref('excluded.seen_at') })),
      )
      .execute();
    this.#lastBeat = now;
    if (now - former < 2 * BEAT_MS) await this.giveBack();
    await this.makeDue();
  }

  /** Jobs that were due at once before the database's clock was set back are due now. */
  async makeDue(): Promise<void> {
    await this.em.execute(
      `select from graphile_worker.reschedule_jobs((
         select array_agg(id) from graphile_worker.jobs
         where created_at > now() and run_at <= created_at and locked_at is null), run_at := now())`,
    );
  }

  /** Gives back what silent runners hold. 0.2.0 never joined, so its jobs are left alone. */
  async giveBack(): Promise<void> {
    await tables(this.em)
      .with('dead', (db) =>
        db
          .deleteFrom('job_runners')
          .where(sql<boolean>`abs(extract(epoch from now() - seen_at)) > ${SILENCE_SECONDS}`)
          .returning('id'),
      )
      .selectFrom('dead')
      .having((is) => is.fn.countAll(), '>', 0)
      .select(sql`graphile_worker.force_unlock_workers(array_agg(id))`.as('unlocked'))
      .execute();
  }
}
