import { Migration } from '@mikro-orm/migrations';

export class Corporations002 extends Migration {
  override name = '002-corporations';

  override up(): void {
    this.addSql(`
      create table corporations (
        id uuid primary key default gen_random_uuid(),
        corporate_number text not null unique,
        name text not null,
        name_kana text not null,
        search_key text not null,
        billing_email text,
        state text not null default 'active' check (state in ('active', 'closed')),
        created_at timestamptz not null default genkan_now(),
        updated_at timestamptz not null default genkan_now()
      )`);
    // The account number itself is stored nowhere: a keyed digest to compare with, three digits to show.
    this.addSql(`
      create table transfer_accounts (
        corporation_id uuid not null references corporations on delete cascade,
        digest bytea not null,
        last_digits text not null,
        created_at timestamptz not null default genkan_now(),
        primary key (corporation_id, digest)
      )`);
  }
}
