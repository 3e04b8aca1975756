import { Migration } from '@mikro-orm/migrations';

/** Each request of somebody asks whether objections stopped removals in the company lately. */
export class StoppedRemovals057 extends Migration {
  override name = '057-stopped-removals';

  override up(): void {
    this.addSql(`
      create index factor_removals_stopped on factor_removals (corporation_id, ended_at)
      where outcome = 'objected'`);
  }
}
