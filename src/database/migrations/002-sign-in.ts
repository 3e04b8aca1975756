import { Migration } from '@mikro-orm/migrations';

/** Sessions, known browsers, links, recoveries and half-filled forms. */
export class SignIn002 extends Migration {
  override name = '002-sign-in';

  override up(): void {
    this.#sessions();
    this.#links();
    this.#counters();
    this.#forms();
  }

  /** `emergency_until`: until when the session may use the pages of the IP restriction from anywhere. */
  #sessions(): void {
    this.addSql(`
      create table sessions (
        id uuid primary key,
        secret_hash bytea not null,
        account_id uuid not null references accounts on delete cascade,
        address inet not null,
        browser text not null,
        created_at timestamptz not null default genkan_now(),
        last_seen_at timestamptz not null default genkan_now(),
        password_confirmed_at timestamptz not null default genkan_now(),
        ends_at timestamptz not null,
        emergency_until timestamptz,
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
    // From where people signed in within 90 days; an empty browser stands for the network itself.
    this.addSql(`
      create table known_environments (
        account_id uuid not null references accounts on delete cascade,
        network cidr not null,
        browser text not null,
        last_seen_at timestamptz not null,
        primary key (account_id, network, browser)
      )`);
  }

  #links(): void {
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
    // A row for every address that was typed, known or not, so that both cost the same. The link
    // belongs to the mailbox, because several people, even of several companies, may share one.
    this.addSql(`
      create table recoveries (
        id uuid primary key default gen_random_uuid(),
        mailbox bytea not null,
        email_key text,
        token_hash bytea unique,
        code_hash bytea,
        code_tries integer not null default 0,
        code_first_tried_at timestamptz,
        created_at timestamptz not null default genkan_now(),
        ends_at timestamptz not null,
        used_at timestamptz,
        replaced_at timestamptz
      )`);
    this.addSql(`
      create unique index recoveries_one_live on recoveries (mailbox)
      where used_at is null and replaced_at is null`);
  }

  #counters(): void {
    this.addSql(`
      create table limit_counters (
        key text primary key,
        used integer not null,
        ends_at timestamptz not null
      )`);
    this.addSql(`
      create table waiting_times (
        key text primary key,
        failures integer not null,
        last_failed_at timestamptz not null,
        waits_until timestamptz not null
      )`);
  }

  /** The entries of a wizard so far, and the forms that were accepted already. */
  #forms(): void {
    this.addSql(`
      create table flows (
        id uuid primary key,
        browser_hash bytea not null,
        kind text not null,
        entries jsonb not null default '{}',
        created_at timestamptz not null default genkan_now(),
        ends_at timestamptz not null
      )`);
    this.addSql('create index flows_by_browser on flows (browser_hash, kind, created_at)');
    this.addSql(`
      create table form_submissions (
        id uuid not null,
        entries_digest bytea not null,
        location text,
        created_at timestamptz not null default genkan_now(),
        primary key (id, entries_digest)
      )`);
  }
}
