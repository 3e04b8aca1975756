import { Migration } from '@mikro-orm/migrations';

/** What others did to a person is found as what the person did. */
export class LogOfTargets054 extends Migration {
  override name = '054-log-of-targets';

  override up(): void {
    this.addSql(`
      create index audit_entries_by_target on audit_entries ((facts ->> 'target'), at, id)
      where facts ->> 'target' is not null`);
  }
}
