import type { Pool } from 'pg';

/** The database's clock, which all deadlines are compared with: moved forward, or stopped. */
export class Clock {
  #base = 'now()';
  #moved: string[] = [];

  constructor(private readonly pool: Pool) {}

  /** @param interval as PostgreSQL reads it: `24 hours`, `30 minutes 1 second`; adds to earlier ones */
  async advance(interval: string): Promise<void> {
    this.#moved.push(interval);
    await this.#set();
  }

  /** Stands still there until it is advanced or reset: for deadlines to the second. */
  async stopsAt(moment: Date): Promise<void> {
    this.#base = `timestamptz '${moment.toISOString()}'`;
    this.#moved = [];
    await this.#set();
  }

  async reset(): Promise<void> {
    this.#base = 'now()';
    this.#moved = [];
    await this.#set();
  }

  async now(): Promise<Date> {
    const { rows } = await this.pool.query<{ now: Date }>('select genkan_now() as now');
    return rows[0]!.now;
  }

  async #set(): Promise<void> {
    const now = [this.#base, ...this.#moved.map((interval) => `interval '${interval}'`)].join(
      ' + ',
    );
    await this.pool.query(
      `create or replace function genkan_now() returns timestamptz
       language sql stable parallel safe as $$select ${now}$$`,
    );
  }
}
