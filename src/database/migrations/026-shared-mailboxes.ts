import { Migration } from '@mikro-orm/migrations';

/** Several people of a company share a mailbox, and each of them may be invited. */
export class SharedMailboxes026 extends Migration {
  override name = '026-shared-mailboxes';

  override up(): void {
    this.addSql('drop index invitations_one_live');
    this.addSql(`
      create index invitations_open on invitations (corporation_id, email_key)
        where used_at is null and replaced_at is null and cancelled_at is null`);
  }
}
