import { Migration } from '@mikro-orm/migrations';

const ENTRY = `
        network cidr not null check (
          case family(network) when 4 then masklen(network) >= 16 else masklen(network) >= 32 end),
        label text not null,
        ends_at timestamptz`;

/** From where the people of a company may come, and what helps those whom that keeps out. */
export class IpRestriction005 extends Migration {
  override name = '005-ip-restriction';

  override up(): void {
    this.#versions();
    this.#uses();
    this.#drafts();
    this.#suspensions();
    this.#access();
  }

  /** A list is a version: it is never altered, only confirmed or ended. */
  #versions(): void {
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
      create table ip_entries (
        version_id uuid not null references ip_versions on delete cascade,
        ${ENTRY},
        primary key (version_id, network)
      )`);
  }

  /** By network, not by entry: a new version does not forget what was used or told. */
  #uses(): void {
    this.addSql(`
      create table ip_uses (
        corporation_id uuid not null references corporations on delete cascade,
        network cidr not null,
        last_used_at timestamptz not null,
        primary key (corporation_id, network)
      )`);
    this.addSql(`
      create table ip_end_notices (
        corporation_id uuid not null references corporations,
        network cidr not null,
        ends_at timestamptz not null,
        kind text not null check (kind in ('week', 'day', 'kept')),
        told_at timestamptz not null default genkan_now(),
        primary key (corporation_id, network, ends_at, kind)
      )`);
  }

  #drafts(): void {
    this.addSql(`
      create table ip_draft_entries (
        corporation_id uuid not null references corporations on delete cascade,
        ${ENTRY},
        primary key (corporation_id, network)
      )`);
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

  /** Requests to be let in, and one-time emergency tickets, of which only keyed hashes are kept. */
  #access(): void {
    this.addSql(`
      create table ip_requests (
        id uuid primary key default gen_random_uuid(),
        corporation_id uuid not null references corporations,
        account_id uuid not null references accounts on delete cascade,
        address inet not null,
        purpose text not null,
        wanted_until timestamptz not null,
        created_at timestamptz not null default genkan_now(),
        decided_at timestamptz,
        decided_by uuid references accounts on delete set null,
        decided_by_name text,
        approved boolean,
        word text not null default '',
        check ((decided_at is null) = (approved is null))
      )`);
    this.addSql(
      'create index ip_requests_by_corporation on ip_requests (corporation_id, created_at)',
    );
    this.addSql('create index ip_requests_by_account on ip_requests (account_id)');
    this.addSql(`
      create table ip_tickets (
        corporation_id uuid not null references corporations,
        code_hash bytea not null,
        created_at timestamptz not null default genkan_now(),
        used_at timestamptz,
        used_by uuid references accounts on delete set null,
        replaced_at timestamptz,
        primary key (corporation_id, code_hash)
      )`);
  }
}
