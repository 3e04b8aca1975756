import { Migration } from '@mikro-orm/migrations';

/**
 * What helps people whom the restriction keeps out: requests to be let in, and one-time emergency
 * tickets, of which only keyed hashes are kept.
 */
export class IpAccess022 extends Migration {
  override name = '022-ip-access';

  override up(): void {
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
