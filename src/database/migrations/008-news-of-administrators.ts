import { Migration } from '@mikro-orm/migrations';

/** The TOP page of administrators finds exports and invitations among all that a company logs. */
export class NewsOfAdministrators008 extends Migration {
  override name = '008-news-of-administrators';

  override up(): void {
    this.addSql(`
      create index audit_entries_news on audit_entries (corporation_id, act, at)
      where act in ('accounts-export', 'invitation') and reason = 'done'`);
  }
}
