import { Migration } from '@mikro-orm/migrations';

/**
 * From where the people of a company may come. A list is a version: it is never altered, only
 * confirmed or ended, and which of them is in force follows from the time, without any job.
 */
export class IpRestriction020 extends Migration {
  override name = '020-ip-restriction';

  override up(): void {
    this.#versions();
    this.#entries();
    this.#drafts();
    this.#suspensions();
    this.#decision();
    // The replay of sign-ins against a draft reads nothing but this.
    this.addSql(`
      create index audit_entries_sign_ins on audit_entries (corporation_id, at)
      include (account_id, address) where act = 'sign-in' and reason = 'done'`);
    // Until when the session may use the pages of the restriction from wherever it is.
    this.addSql('alter table sessions add column emergency_until timestamptz');
  }

  #versions(): void {
    // Companies that never had a list are decided by this alone.
    this.addSql(
      'alter table corporations add column has_ip_versions boolean not null default false',
    );
    this.addSql(`
      create table ip_versions (
        id uuid primary key default gen_random_uuid(),
        corporation_id uuid not null references corporations,
        number integer not null,
        restricts boolean not null,
        follows uuid references ip_versions,
        author_id uuid references accounts on delete set null,
        author_name text not null,
        created_at timestamptz not null default genkan_now(),
        trial_ends_at timestamptz,
        confirmed_at timestamptz,
        confirmed_by uuid references accounts on delete set null,
        confirmed_by_name text,
        ended_at timestamptz,
        ended_by uuid references accounts on delete set null,
        ended_by_name text,
        ended_because text check (ended_because in ('stopped', 'objection')),
        end_told_at timestamptz,
        unique (corporation_id, number),
        check (trial_ends_at is not null or confirmed_at is not null),
        check ((ended_at is null) = (ended_because is null))
      )`);
    this.addSql(`
      create index ip_versions_open on ip_versions (corporation_id, confirmed_at)
      where ended_at is null`);
    this.addSql('create index ip_versions_by_author on ip_versions (author_id)');
    this.addSql(`
      create function note_ip_version() returns trigger
      language plpgsql as $$
      begin
        update corporations set has_ip_versions = true
        where id = new.corporation_id and not has_ip_versions;
        return null;
      end $$`);
    this.addSql(`
      create trigger ip_versions_noted after insert on ip_versions
      for each row execute function note_ip_version()`);
  }

  #entries(): void {
    const columns = `
        network cidr not null check (
          case family(network) when 4 then masklen(network) >= 16 else masklen(network) >= 32 end),
        label text not null,
        ends_at timestamptz`;
    this.addSql(`
      create table ip_entries (
        version_id uuid not null references ip_versions on delete cascade,
        ${columns},
        primary key (version_id, network)
      )`);
    this.addSql(`
      create function refuse_ip_entry_change() returns trigger
      language plpgsql as $$
      begin
        raise exception 'a list of addresses is replaced, never altered' using errcode = 'GK003';
      end $$`);
    this.addSql(`
      create trigger ip_entries_unalterable before update on ip_entries
      for each statement execute function refuse_ip_entry_change()`);
    this.addSql(`
      create table ip_draft_entries (
        corporation_id uuid not null references corporations on delete cascade,
        ${columns},
        primary key (corporation_id, network)
      )`);
    // By network, not by entry: a new version does not forget what was used.
    this.addSql(`
      create table ip_uses (
        corporation_id uuid not null references corporations on delete cascade,
        network cidr not null,
        last_used_at timestamptz not null,
        primary key (corporation_id, network)
      )`);
  }

  #drafts(): void {
    // Never the same again, so that nobody edits what was discarded and begun anew meanwhile.
    this.addSql('create sequence ip_draft_editions as integer');
    this.addSql(`
      create table ip_drafts (
        corporation_id uuid primary key references corporations on delete cascade,
        edition integer not null default nextval('ip_draft_editions'),
        edited_by uuid references accounts on delete set null,
        edited_by_name text not null,
        edited_at timestamptz not null default genkan_now(),
        told jsonb not null default '[]'
      )`);
  }

  #suspensions(): void {
    this.addSql(`
      create table ip_suspensions (
        id uuid primary key default gen_random_uuid(),
        corporation_id uuid not null references corporations,
        reason text not null,
        suspended_by text not null,
        created_at timestamptz not null default genkan_now(),
        ends_at timestamptz not null,
        lifted_at timestamptz
      )`);
    this.addSql('create index ip_suspensions_by_corporation on ip_suspensions (corporation_id)');
  }

  #decision(): void {
    this.addSql(`
      create function ip_version_in_force(company uuid) returns uuid
      language sql stable as $$
        select id from ip_versions
        where corporation_id = company and ended_at is null
          and (confirmed_at is not null or trial_ends_at > genkan_now())
        order by confirmed_at is null desc, confirmed_at desc, number desc limit 1
      $$`);
    this.addSql(`
      create function ip_suspended_until(company uuid) returns timestamptz
      language sql stable as $$
        select max(ends_at) from ip_suspensions
        where corporation_id = company and lifted_at is null and ends_at > genkan_now()
      $$`);
    // Asked only where nothing but an entry that ended would admit: whether its end is held back.
    this.addSql(`
      create function ip_end_held_back(version uuid) returns boolean
      language sql stable as 'select false'`);
    // The narrowest network of a list that admits the address; null when none does.
    this.addSql(`
      create function ip_admitting(version uuid, address inet) returns cidr
      language plpgsql stable as $$
      declare
        found_network cidr;
        has_ended boolean;
      begin
        select e.network, e.ends_at <= genkan_now() into found_network, has_ended
        from ip_entries e where e.version_id = version and e.network >>= address
        order by coalesce(e.ends_at <= genkan_now(), false), masklen(e.network) desc limit 1;
        if has_ended and not ip_end_held_back(version) then return null; end if;
        return found_network;
      end $$`);
    this.addSql(`
      create function ip_verdict(company uuid, address inet, out admitted boolean, out network cidr)
      language plpgsql stable as $$
      declare
        version uuid := ip_version_in_force(company);
      begin
        admitted := true;
        if not coalesce((select restricts from ip_versions where id = version), false)
           or ip_suspended_until(company) is not null then return; end if;
        network := ip_admitting(version, address);
        admitted := network is not null;
      end $$`);
  }
}
