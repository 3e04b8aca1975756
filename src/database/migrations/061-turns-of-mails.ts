import { Migration } from '@mikro-orm/migrations';

/**
 * Mails that people wait for take turns between mailboxes and between those who ask, and one whose
 * link is void is not sent. The version before goes on beside it: it sends all by age.
 */
export class TurnsOfMails061 extends Migration {
  override name = '061-turns-of-mails';

  override up(): void {
    this.addSql(`
      alter table mail_deliveries
        add column turn integer not null default 0,
        add column asked_from text,
        add column link_id uuid,
        drop constraint mail_deliveries_state_check,
        add constraint mail_deliveries_state_check check (state in
          ('queued', 'handed-over', 'deferred', 'bounced', 'suppressed', 'superseded'))`);
    this.addSql('drop index mail_deliveries_queued');
    this.addSql(`
      create index mail_deliveries_queued on mail_deliveries (priority, turn, created_at)
      where state = 'queued'`);
    this.addSql(`
      create index mail_deliveries_queued_to on mail_deliveries (recipient)
      where state = 'queued' and priority = 0`);
    this.addSql(`
      create index mail_deliveries_asked_from on mail_deliveries (asked_from)
      where state = 'queued' and asked_from is not null`);
  }
}
