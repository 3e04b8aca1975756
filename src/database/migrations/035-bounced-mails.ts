import { Migration } from '@mikro-orm/migrations';

/**
 * Why a mail came back, and whether it still says something about its address. The version before
 * goes on beside this one: what it sees come back has no class, and suppresses nothing.
 */
export class BouncedMails035 extends Migration {
  override name = '035-bounced-mails';

  override up(): void {
    this.addSql(`
      alter table mail_deliveries
        add column bounce_class text constraint mail_deliveries_bounce_class_check check (bounce_class in
          ('unknown-address', 'domain-gone', 'mailbox-full', 'refused', 'other')),
        add column settled_at timestamptz`);
    this.addSql(`
      create index mail_deliveries_in_trouble on mail_deliveries (recipient)
      where state = 'bounced' and settled_at is null`);
    // Mails that are not sent because others came back are looked for as well.
    this.addSql('drop index mail_deliveries_bounced');
    this.addSql(`
      create index mail_deliveries_bounced on mail_deliveries (corporation_id)
      where state in ('bounced', 'suppressed') and settled_at is null`);
    this.addSql('alter table enrollments add column untold_since timestamptz');
  }
}
