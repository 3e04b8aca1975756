-- Nobody gets a login ID that somebody had, even when its owner is not known any more: a hash is
-- left of it in its own place, and what would take it changes nothing.

create or replace function reserved_login_id_key(key text) returns text
language sql immutable strict parallel safe as $$
  select 'sha256:' || encode(sha256(convert_to(key, 'UTF8')), 'hex')
$$;

create or replace function skip_reserved_login_id() returns trigger
language plpgsql as $$
begin
  if exists (select from accounts
             where login_id_key = reserved_login_id_key(new.login_id_key)) then
    return null;
  end if;
  return new;
end $$;

drop trigger if exists accounts_skip_reserved_login_id on accounts;
create trigger accounts_skip_reserved_login_id
before insert or update of login_id_key on accounts
for each row
execute function skip_reserved_login_id();
