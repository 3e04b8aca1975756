-- Rows of the log are added and never altered: the database refuses everything else, whoever asks,
-- on the log as a whole and on each of its months.

create or replace function refuse_audit_change() returns trigger
language plpgsql as $$
begin
  raise exception 'the log is append only' using errcode = 'GK002';
end $$;

create or replace function protect_audit_table(log regclass) returns void
language plpgsql as $$
begin
  execute format(
    'create or replace trigger audit_entries_append_only
     before update or delete or truncate on %s
     for each statement execute function refuse_audit_change()', log);
end $$;

select protect_audit_table('audit_entries');
select protect_audit_table(inhrelid) from pg_inherits where inhparent = 'audit_entries'::regclass;
