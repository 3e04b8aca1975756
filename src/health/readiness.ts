import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { Pool } from 'pg';
import { pendingMigrations } from '../database/migrate.js';
import { Jobs } from '../jobs/jobs.js';

/** A mail that waits longer for a job runner means that none runs. */
const OLDEST_JOB_SECONDS = 300;

/** Genkan cannot work without these three. */
@Injectable()
export class Readiness {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly em: EntityManager,
    private readonly pool: Pool,
    private readonly jobQueue: Jobs,
  ) {}

  database(): Promise<HealthIndicatorResult> {
    return this.#check('database', async () => {
      await this.em.execute('select 1');
      return true;
    });
  }

  migrations(): Promise<HealthIndicatorResult> {
    return this.#check('migrations', async () => (await pendingMigrations(this.pool)).length === 0);
  }

  jobs(): Promise<HealthIndicatorResult> {
    return this.#check('jobs', async () => (await this.jobQueue.age()) < OLDEST_JOB_SECONDS);
  }

  /** A fault is reported as "down", without the driver's words, which may name hosts. */
  async #check(name: string, holds: () => Promise<boolean>): Promise<HealthIndicatorResult> {
    const indicator = this.indicators.check(name);
    const isUp = await holds().catch(() => false);
    return isUp ? indicator.up() : indicator.down();
  }
}
