import { Migration } from '@mikro-orm/migrations';

/**
 * An entry whose end would lock every administrator out goes on. Whether it does follows from the
 * sign-ins, at each decision, without any job: an administrator came from it in the 90 days before
 * its end, and none came since then from an entry that lasts longer. A decision that is over stays
 * over, because sign-ins are only ever added.
 */
export class IpEnds023 extends Migration {
  override name = '023-ip-ends';

  override up(): void {
    this.addSql(`
      create index audit_entries_sign_ins_by_account on audit_entries (account_id, at)
      include (address) where act = 'sign-in' and reason = 'done'`);
    this.addSql(`
      create function ip_end_held_back(version uuid, ending cidr) returns boolean
      language sql stable as $$
        with ends as (
          select e.version_id, e.network, e.ends_at, v.corporation_id
          from ip_entries e join ip_versions v on v.id = e.version_id
          where e.version_id = version and e.network = ending and e.ends_at is not null),
        visits as materialized (
          select distinct s.address, s.at < ends.ends_at as before_end
          from ends join usable_administrators u on u.corporation_id = ends.corporation_id
          join lateral (
            select a.at, a.address from audit_entries a
            where a.account_id = u.id and a.act = 'sign-in' and a.reason = 'done'
              and a.at >= ends.ends_at - interval '90 days') s on true)
        select exists (select from visits, ends where before_end and address <<= ends.network)
           and not exists (
             select from visits, ends, ip_entries longer
             where longer.version_id = ends.version_id and visits.address <<= longer.network
               and (longer.ends_at is null or longer.ends_at > ends.ends_at))
      $$`);
    this.addSql('drop function ip_end_held_back(uuid)');
    this.addSql(`
      create or replace function ip_admitting(version uuid, address inet) returns cidr
      language sql stable as $$
        select e.network from ip_entries e
        where e.version_id = version and e.network >>= address
          and (e.ends_at is null or e.ends_at > genkan_now() or ip_end_held_back(version, e.network))
        order by coalesce(e.ends_at <= genkan_now(), false), masklen(e.network) desc limit 1
      $$`);
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
}
