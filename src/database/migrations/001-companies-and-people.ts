import { Migration } from '@mikro-orm/migrations';
import { textOf } from './functions.js';

/** Companies, the people who have accounts there, and what lists of people are searched by. */
export class CompaniesAndPeople001 extends Migration {
  override name = '001-companies-and-people';

  override up(): void {
    // The tables' defaults ask the database's clock; the other functions need the tables.
    this.addSql(textOf('clock'));
    this.#companies();
    this.#accounts();
    this.#accountIndexes();
    this.#searchKeys();
    this.addSql(`
      create table people_reviews (
        corporation_id uuid primary key references corporations on delete cascade,
        reviewed_at timestamptz,
        reviewed_by uuid references accounts on delete set null,
        reminders boolean not null default true,
        reminded_at timestamptz
      )`);
  }

  #companies(): void {
    // Companies that never had an IP list are decided by the flag alone.
    this.addSql(`
      create table corporations (
        id uuid primary key default gen_random_uuid(),
        corporate_number text not null unique,
        name text not null,
        name_kana text not null,
        search_key text not null,
        billing_email text,
        state text not null default 'active' check (state in ('active', 'closed')),
        has_ip_versions boolean not null default false,
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

  /** A newcomer is held back until `held_until`; `in_case` says that an objection stopped the account. */
  #accounts(): void {
    this.addSql(`
      create table accounts (
        id uuid primary key default gen_random_uuid(),
        corporation_id uuid not null references corporations,
        role text not null check (role in ('staff', 'administrator')),
        state text not null check (state in ('registered', 'active', 'suspended', 'deleted')),
        login_id text not null,
        login_id_key text not null unique,
        password_hash text not null,
        name text not null,
        name_kana text not null,
        department text not null default '',
        phone text not null default '',
        email text not null,
        email_key text not null,
        search_key text not null,
        language text not null default 'ja' check (language in ('ja', 'en')),
        version integer not null default 1,
        changed_at timestamptz,
        created_at timestamptz not null default genkan_now(),
        activated_at timestamptz,
        held_until timestamptz,
        in_case boolean not null default false,
        suspended_at timestamptz,
        deleted_at timestamptz,
        deleted_by uuid,
        deleted_from text check (deleted_from in ('registered', 'active', 'suspended')),
        anonymised_at timestamptz,
        last_sign_in_at timestamptz,
        last_sign_in_address inet,
        failures_since_sign_in integer not null default 0
      )`);
  }

  /** Lists of people go in the order of their kana; their indexes are explained in docs/decisions/015. */
  #accountIndexes(): void {
    this.addSql('create index accounts_by_corporation on accounts (corporation_id, state)');
    this.addSql('create index accounts_by_email on accounts (email_key)');
    this.addSql(`
      create index accounts_administrators on accounts (corporation_id)
      where role = 'administrator' and state = 'active'`);
    this.addSql(`
      create index accounts_listed on accounts
        (corporation_id, state, role, name_kana collate "C", id)`);
    this.addSql(`
      create index accounts_held on accounts (corporation_id, role, name_kana collate "C", id)
      where held_until is not null`);
    this.addSql(`
      create index accounts_to_anonymise on accounts (deleted_at)
      where state = 'deleted' and anonymised_at is null`);
  }

  #searchKeys(): void {
    this.addSql(`
      create table account_search_keys (
        account_id uuid not null references accounts on delete cascade,
        key text collate "C" not null,
        corporation_id uuid not null,
        role text not null,
        state text not null,
        held_until timestamptz,
        primary key (account_id, key)
      )`);
    this.addSql(`
      create index account_search_keys_found on account_search_keys
        (corporation_id, state, role, key, account_id) include (held_until)`);
  }
}
