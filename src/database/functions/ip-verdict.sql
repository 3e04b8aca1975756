-- The addresses from which the people of a company may come. The list in force, its suspension and
-- its ended entries follow from the time at each decision, without any job. Sessions and sign-ins
-- ask ip_verdict().

-- The state of a list at this moment: a trial lapses at its deadline.
create or replace function ip_version_state(
  confirmed_at timestamptz, trial_ends_at timestamptz, ended_because text)
returns text
language sql stable as $$
  select case
    when ended_because is not null then ended_because
    when confirmed_at is not null then 'confirmed'
    when trial_ends_at > genkan_now() then 'on-trial'
    else 'lapsed'
  end
$$;

create or replace function ip_version_in_force(company uuid) returns uuid
language sql stable as $$
  select id from ip_versions
  where corporation_id = company and ended_at is null
    and ip_version_state(confirmed_at, trial_ends_at, ended_because) in ('confirmed', 'on-trial')
  order by confirmed_at is null desc, confirmed_at desc, number desc
  limit 1
$$;

create or replace function ip_suspended_until(company uuid) returns timestamptz
language sql stable as $$
  select max(ends_at) from ip_suspensions
  where corporation_id = company and lifted_at is null and ends_at > genkan_now()
$$;

-- The end of a suspension that suspends something: a list that was lifted meanwhile restricts nothing.
create or replace function ip_suspension_end(company uuid) returns timestamptz
language sql stable as $$
  select ip_suspended_until(company)
  from ip_versions where id = ip_version_in_force(company) and restricts
$$;

-- An entry whose end would lock every administrator out goes on: an administrator came from it in
-- the 90 days before its end, and none came since then from an entry that lasts longer. A decision
-- that is over stays over, because sign-ins are only ever added.
create or replace function ip_end_held_back(version uuid, ending cidr) returns boolean
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
$$;

-- The narrowest network of a list that admits the address; null when none does.
create or replace function ip_admitting(version uuid, address inet) returns cidr
language sql stable as $$
  select e.network from ip_entries e
  where e.version_id = version and e.network >>= address
    and (e.ends_at is null or e.ends_at > genkan_now() or ip_end_held_back(version, e.network))
  order by coalesce(e.ends_at <= genkan_now(), false), masklen(e.network) desc
  limit 1
$$;

create or replace function ip_verdict(
  company uuid, address inet, out admitted boolean, out network cidr)
language plpgsql stable as $$
declare
  version uuid := ip_version_in_force(company);
begin
  admitted := true;
  if not coalesce((select restricts from ip_versions where id = version), false)
     or ip_suspended_until(company) is not null then
    return;
  end if;
  network := ip_admitting(version, address);
  admitted := network is not null;
end $$;
