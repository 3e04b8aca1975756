-- A company that ever had an administrator keeps one who can sign in now, whatever path changes the
-- accounts, and nobody else can sign in before there is one. Both checks run at commit. The first
-- one holds the company's row: of two administrators who remove each other, the second waits, sees
-- the first's commit and is refused. A newcomer whom a case stops does not count: the company is
-- then where it was before the newcomer came.

create or replace view usable_administrators as
select id, corporation_id
from accounts
where role = 'administrator' and state = 'active'
  and (held_until is null or held_until <= genkan_now());

create or replace function keep_usable_administrator() returns trigger
language plpgsql as $$
begin
  if new.in_case then
    return null;
  end if;
  perform from corporations where id = old.corporation_id for no key update;
  if not exists (select from usable_administrators where corporation_id = old.corporation_id) then
    raise exception 'corporation % would be left without a usable administrator',
      old.corporation_id using errcode = 'GK001';
  end if;
  return null;
end $$;

drop trigger if exists accounts_keep_usable_administrator on accounts;
create constraint trigger accounts_keep_usable_administrator
after update of state, role, corporation_id or delete on accounts
deferrable initially deferred
for each row
when (old.state = 'active' and old.role = 'administrator')
execute function keep_usable_administrator();

create or replace function start_with_usable_administrator() returns trigger
language plpgsql as $$
begin
  if not exists (select from usable_administrators where corporation_id = new.corporation_id) then
    raise exception 'corporation % has no usable administrator',
      new.corporation_id using errcode = 'GK001';
  end if;
  return null;
end $$;

drop trigger if exists accounts_start_with_usable_administrator on accounts;
create constraint trigger accounts_start_with_usable_administrator
after insert or update of state, corporation_id on accounts
deferrable initially deferred
for each row
when (new.state in ('active', 'suspended') and not new.in_case)
execute function start_with_usable_administrator();
