-- The log is a table for each month (UTC). They are made ahead, and a month that is over is dropped
-- as a whole. Both work for the application's role too, which owns nothing: it can neither drop what
-- is younger than two months nor alter a row.

-- The first month has no beginning; what no month takes lies in audit_entries_rest, without an end.
create or replace view audit_partitions as
select child.relname as name,
       substring(pg_get_expr(child.relpartbound, child.oid) from 'TO \(''([^'']+)''\)')::timestamptz
         as ends_at
from pg_inherits i join pg_class child on child.oid = i.inhrelid
where i.inhparent = 'audit_entries'::regclass;

-- Makes what is missing up to so many months after this one. Rows that came too early for their
-- table move into it: with their table, because rows of the log are never deleted.
create or replace function create_audit_partitions(months_ahead integer) returns integer
language plpgsql security definer
set search_path = public, pg_temp
set lock_timeout = '2s'
as $$
declare
  month timestamptz;
  beyond timestamptz := (date_trunc('month', genkan_now() at time zone 'UTC')
                         + make_interval(months => months_ahead + 1)) at time zone 'UTC';
  is_late boolean;
  name text;
  made integer := 0;
begin
  lock table audit_entries in share update exclusive mode;
  select max(ends_at) into month from audit_partitions;
  is_late := exists (select from audit_entries_rest where at < beyond);
  if is_late and month < beyond then
    alter table audit_entries detach partition audit_entries_rest;
    alter table audit_entries_rest rename to audit_entries_late;
    create table audit_entries_rest partition of audit_entries default;
    perform protect_audit_table('audit_entries_rest');
  end if;
  while month < beyond loop
    name := 'audit_entries_' || to_char(month at time zone 'UTC', 'YYYY_MM');
    -- Made aside and attached, which stops no writer; only readers of the rest are waited for.
    execute format('create table %I (like audit_entries including defaults)', name);
    execute format(
      'alter table audit_entries attach partition %I for values from (%L) to (%L)', name, month,
      (month at time zone 'UTC' + interval '1 month') at time zone 'UTC');
    perform protect_audit_table(name::regclass);
    month := (month at time zone 'UTC' + interval '1 month') at time zone 'UTC';
    made := made + 1;
  end loop;
  if is_late and made > 0 then
    insert into audit_entries select * from audit_entries_late;
    drop table audit_entries_late;
  end if;
  return made;
end $$;

-- Drops the oldest month whose rows are all older, and returns its name; null when there is none.
create or replace function drop_audit_partition(months_kept integer) returns text
language plpgsql security definer
set search_path = public, pg_temp
set lock_timeout = '2s'
as $$
declare
  oldest text;
begin
  if months_kept < 2 then
    raise exception 'the log is kept for two months or more' using errcode = 'GK002';
  end if;
  select name into oldest from audit_partitions
  where ends_at <= genkan_now() - make_interval(months => months_kept) order by ends_at limit 1;
  if oldest is not null then
    execute format('drop table %I', oldest);
  end if;
  return oldest;
end $$;

revoke all on function create_audit_partitions(integer), drop_audit_partition(integer) from public;
