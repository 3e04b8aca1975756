-- Counts the changes of a person's second factors: whatever is added, exchanged or taken away, by
-- whichever way. What a factor was given for before, such as a recovery that goes on, can tell by it
-- that it is of another time. A use of a factor adds and removes nothing.

create or replace function count_factor_changes() returns trigger
language plpgsql as $$
begin
  update accounts set factor_changes = factor_changes + 1
  where id in (select account_id from changed_factors);
  return null;
end $$;

do $$
declare
  factors text;
begin
  foreach factors in array array['totp_secrets', 'recovery_codes', 'passkeys'] loop
    execute format('drop trigger if exists %1$s_count_added on %1$s', factors);
    execute format('drop trigger if exists %1$s_count_removed on %1$s', factors);
    execute format('create trigger %1$s_count_added after insert on %1$s
      referencing new table as changed_factors for each statement
      execute function count_factor_changes()', factors);
    execute format('create trigger %1$s_count_removed after delete on %1$s
      referencing old table as changed_factors for each statement
      execute function count_factor_changes()', factors);
  end loop;
end $$;
