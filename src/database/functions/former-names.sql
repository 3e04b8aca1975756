-- What somebody was called before, so that the log names people as they were then. Whoever is
-- anonymised leaves no former name either.

create or replace function keep_former_name() returns trigger
language plpgsql as $$
begin
  if new.name = '' then
    delete from former_names where account_id = new.id;
  else
    -- The name from before a transaction counts, also where it is changed twice in it.
    insert into former_names (account_id, until, name) values (old.id, genkan_now(), old.name)
    on conflict do nothing;
  end if;
  return null;
end $$;

drop trigger if exists accounts_keep_former_name on accounts;
create trigger accounts_keep_former_name
after update of name on accounts
for each row when (old.name <> new.name and old.name <> '')
execute function keep_former_name();
