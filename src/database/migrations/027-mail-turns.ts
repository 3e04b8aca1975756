import { Migration } from '@mikro-orm/migrations';

/**
 * Mails that were refused wait behind those whose turn it is, in the order of their next tries. The
 * version before goes on beside it: it knows both states, and orders all by age.
 *
 * A former key opens starts until the exchange is over; those that were retired before are.
 */
export class MailTurns027 extends Migration {
  override name = '027-mail-turns';

  override up(): void {
    // One for each half of the queue, so that the planner never sorts it, whatever it knows of it.
    this.addSql(`
      create index mail_deliveries_queued on mail_deliveries (priority, created_at)
      where state = 'queued'`);
    this.addSql(`
      create index mail_deliveries_deferred on mail_deliveries (priority, next_attempt_at, created_at)
      where state = 'deferred'`);
    this.addSql('alter table secret_keys add column exchanged_at timestamptz');
    this.addSql('update secret_keys set exchanged_at = retired_at');
  }
}
