import { Migration } from '@mikro-orm/migrations';

/** Metrics and `mail retry --bounced` ask for the mails that came back since a time. */
export class MailsThatCameBack040 extends Migration {
  override name = '040-mails-that-came-back';

  override up(): void {
    this.addSql(`
      create index mail_deliveries_came_back on mail_deliveries (finished_at)
      where state = 'bounced'`);
  }
}
