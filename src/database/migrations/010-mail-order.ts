import { Migration } from '@mikro-orm/migrations';

/**
 * The table of mails is their queue: by priority, then by age. 0.2.0 goes on beside it: its mails
 * are notices, and its jobs find those of this version within a minute.
 */
export class MailOrder010 extends Migration {
  override name = '010-mail-order';

  override up(): void {
    this.addSql(`
      alter table mail_deliveries
        add column priority smallint not null default 1,
        add column gives_up_at timestamptz not null default genkan_now() + interval '48 hours'`);
    this.addSql('drop index mail_deliveries_open');
    this.addSql(`
      create index mail_deliveries_waiting on mail_deliveries (priority, created_at)
      where state in ('queued', 'deferred')`);
    this.addSql(`
      create index mail_deliveries_kept on mail_deliveries (finished_at)
      where state = 'bounced' and sealed_message is not null`);
  }
}
