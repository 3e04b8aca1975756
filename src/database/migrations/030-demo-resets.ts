import { Migration } from '@mikro-orm/migrations';

/** Sessions that a reset of the demo ended, known to all of its processes. */
export class DemoResets030 extends Migration {
  override name = '030-demo-resets';

  override up(): void {
    this.addSql(`
      create table demo_ended_sessions (
        id uuid primary key,
        ended_at timestamptz not null default genkan_now())`);
  }
}
