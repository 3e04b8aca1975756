import { Migration } from '@mikro-orm/migrations';

/** Each TOP page of somebody with a second factor asks whether a removal of it was cancelled. */
export class EndedRemovals043 extends Migration {
  override name = '043-ended-removals';

  override up(): void {
    this.addSql(`
      create index factor_removals_ended on factor_removals (account_id, ended_at)
      where outcome is not null`);
  }
}
