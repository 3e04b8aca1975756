import { Migration } from '@mikro-orm/migrations';

/**
 * Applications that go on by mail, and which applications' mailboxes were proved: the others hold
 * nothing, so several may wait for their proof at once.
 */
export class ProofLevels009 extends Migration {
  override name = '009-proof-levels';

  override up(): void {
    this.addSql(`
      alter table mailed_links
        drop constraint mailed_links_purpose_check,
        add constraint mailed_links_purpose_check check (purpose in
          ('activation', 'application', 'recovery', 'invitation', 'objection', 'email-proof',
           'email-undo', 'sign-in-report'))`);
    this.addSql(`
      alter table enrollments
        add column mailbox_proved_at timestamptz,
        drop constraint enrollments_state_check,
        add constraint enrollments_state_check check (state in
          ('by-mail', 'review', 'queued', 'awaiting-activation', 'running', 'completed',
           'approved', 'objected', 'withdrawn', 'expired', 'refused'))`);
    this.addSql('update enrollments set mailbox_proved_at = activated_at');
    this.addSql('drop index enrollments_one_succession');
    this.addSql(`
      create unique index enrollments_one_succession on enrollments (corporation_id)
      where kind = 'succession' and state = 'running'`);
  }
}
