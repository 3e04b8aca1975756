import { Migration } from '@mikro-orm/migrations';

/** Sessions that a reset of the demo ended, known to all of its processes. */
export class DemoResets034 extends Migration {
  override name = '034-demo-resets';

  override up(): void {
    this.addSql(`
      create table demo_ended_sessions (
        id uuid primary key,
        ended_at timestamptz not null default genkan_now())`);
  }
}
