import { Migration } from '@mikro-orm/migrations';

/**
 * Changes of mail addresses: asked for, proved at the new mailbox, undone from the old one. And
 * what an account's own history is read by.
 */
export class OwnAccount018 extends Migration {
  override name = '018-own-account';

  override up(): void {
    this.addSql(`
      create table email_changes (
        id uuid primary key default gen_random_uuid(),
        number bigint not null generated always as identity,
        account_id uuid not null references accounts on delete cascade,
        requested_by uuid references accounts on delete set null,
        email text not null,
        token_hash bytea not null unique,
        created_at timestamptz not null default genkan_now(),
        ends_at timestamptz not null,
        voided_at timestamptz,
        proved_at timestamptz,
        former_email text,
        undo_token_hash bytea unique,
        undo_ends_at timestamptz,
        undo_voided_at timestamptz,
        undone_at timestamptz
      )`);
    this.addSql(`
      create unique index email_changes_one_live on email_changes (account_id)
      where proved_at is null and voided_at is null`);
    this.addSql('create index email_changes_by_account on email_changes (account_id, number)');
    this.addSql('create index audit_entries_by_account on audit_entries (account_id, id desc)');
  }
}
