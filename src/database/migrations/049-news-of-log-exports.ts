import { Migration } from '@mikro-orm/migrations';

/** An export of the company's log is news for its other administrators, as one of its people is. */
export class NewsOfLogExports049 extends Migration {
  override name = '049-news-of-log-exports';

  override up(): void {
    this.addSql('drop index audit_entries_news');
    this.addSql(`
      create index audit_entries_news on audit_entries (corporation_id, act, at)
      where act in ('accounts-export', 'invitation', 'log-export') and reason = 'done'`);
  }
}
