-- A list of addresses is a version: it is replaced, never altered.

-- Companies that never had a list are decided by the flag alone.
create or replace function note_ip_version() returns trigger
language plpgsql as $$
begin
  update corporations set has_ip_versions = true
  where id = new.corporation_id and not has_ip_versions;
  return null;
end $$;

drop trigger if exists ip_versions_noted on ip_versions;
create trigger ip_versions_noted
after insert on ip_versions
for each row
execute function note_ip_version();

create or replace function refuse_ip_entry_change() returns trigger
language plpgsql as $$
begin
  raise exception 'a list of addresses is replaced, never altered' using errcode = 'GK003';
end $$;

drop trigger if exists ip_entries_unalterable on ip_entries;
create trigger ip_entries_unalterable
before update on ip_entries
for each statement
execute function refuse_ip_entry_change();
