-- Counts the changes of a person's details, so that a form that was filled from an older version
-- shows the newer one instead of overwriting it. Sign-ins touch none of these columns.

create or replace function count_account_version() returns trigger
language plpgsql as $$
begin
  new.version := old.version + 1;
  new.changed_at := genkan_now();
  return new;
end $$;

drop trigger if exists accounts_version on accounts;
create trigger accounts_version
before update of name, name_kana, department, phone, role, email on accounts
for each row
when ((old.name, old.name_kana, old.department, old.phone, old.role, old.email)
      is distinct from (new.name, new.name_kana, new.department, new.phone, new.role, new.email))
execute function count_account_version();
