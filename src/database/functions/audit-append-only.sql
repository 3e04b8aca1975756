-- Rows of the log are added and never altered: the database refuses everything else, whoever asks.

create or replace function refuse_audit_change() returns trigger
language plpgsql as $$
begin
  raise exception 'the log is append only' using errcode = 'GK002';
end $$;

drop trigger if exists audit_entries_append_only on audit_entries;
create trigger audit_entries_append_only
before update or delete or truncate on audit_entries
for each statement
execute function refuse_audit_change();
