import { Migration } from '@mikro-orm/migrations';

/** Who works on jobs, and when it was last alive: the jobs of a dead process are given back. */
export class JobRunners011 extends Migration {
  override name = '011-job-runners';

  override up(): void {
    this.addSql(`
      create table job_runners (
        id text primary key,
        seen_at timestamptz not null default now()
      )`);
  }
}
