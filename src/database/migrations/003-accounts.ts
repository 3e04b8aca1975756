import { Migration } from '@mikro-orm/migrations';

export class Accounts003 extends Migration {
  override name = '003-accounts';

  override up(): void {
    this.addSql(`
      create table accounts (
        id uuid primary key default gen_random_uuid(),
        corporation_id uuid not null references corporations,
        role text not null check (role in ('staff', 'administrator')),
        state text not null check (state in ('registered', 'active', 'suspended', 'deleted')),
        login_id text not null,
        login_id_key text not null unique,
        name text not null,
        name_kana text not null,
        department text not null default '',
        phone text not null default '',
        email text not null,
        email_key text not null,
        search_key text not null,
        password_hash text not null,
        language text not null default 'ja' check (language in ('ja', 'en')),
        created_at timestamptz not null default genkan_now(),
        activated_at timestamptz,
        last_sign_in_at timestamptz,
        last_sign_in_address inet,
        failures_since_sign_in integer not null default 0
      )`);
    this.addSql('create index accounts_by_corporation on accounts (corporation_id, state)');
    this.addSql('create index accounts_by_email on accounts (email_key)');
  }
}
