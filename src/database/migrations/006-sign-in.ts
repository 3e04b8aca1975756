import { Migration } from '@mikro-orm/migrations';

export class SignIn006 extends Migration {
  override name = '006-sign-in';

  override up(): void {
    this.addSql(`
      create table sessions (
        id uuid primary key,
        secret_hash bytea not null,
        account_id uuid not null references accounts on delete cascade,
        address inet not null,
        browser text not null,
        created_at timestamptz not null default genkan_now(),
        last_seen_at timestamptz not null default genkan_now(),
        ends_at timestamptz not null,
        previous_sign_in_at timestamptz,
        previous_sign_in_address inet,
        failures_before integer not null
      )`);
    this.addSql('create index sessions_by_account on sessions (account_id)');
    this.addSql(`
      create table devices (
        id uuid primary key,
        secret_hash bytea not null,
        account_id uuid not null references accounts on delete cascade,
        created_at timestamptz not null default genkan_now(),
        ends_at timestamptz not null
      )`);
    this.addSql('create index devices_by_account on devices (account_id)');
    this.addSql(`
      create table tickets (
        id uuid primary key default gen_random_uuid(),
        purpose text not null,
        account_id uuid not null references accounts on delete cascade,
        token_hash bytea not null unique,
        created_at timestamptz not null default genkan_now(),
        ends_at timestamptz not null,
        used_at timestamptz,
        replaced_at timestamptz
      )`);
    this.addSql(`
      create unique index tickets_one_live on tickets (account_id, purpose)
      where used_at is null and replaced_at is null`);
  }
}
