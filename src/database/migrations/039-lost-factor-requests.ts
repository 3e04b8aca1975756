import { Migration } from '@mikro-orm/migrations';

/** The TOP page of administrators finds who asked to have a lost second factor taken off. */
export class LostFactorRequests039 extends Migration {
  override name = '039-lost-factor-requests';

  override up(): void {
    this.addSql(`
      create index audit_entries_lost_factors on audit_entries (corporation_id, at)
      where act = 'lost-factor-request' and reason = 'done'`);
  }
}
