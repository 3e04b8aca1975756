-- A company that ever had an administrator keeps one who can sign in now, whatever path takes one
-- away, and nobody new can sign in before there is one. Both checks run at commit. The first one
-- holds the company's row: of two administrators who remove each other, the second waits, sees the
-- first's commit and is refused.
--
-- An objection and the desk alone may leave a company without an administrator (decision 046): a
-- newcomer whom a case stops does not count, and people who come back were there before. Customers
-- reach no such state, because whoever brings people back is a usable administrator. The company
-- then registers anew at /initiate, or gets the person whom the desk names.
--
-- The desk alone freezes a company's last administrator too, because the account may be stolen
-- (decision 061), and alone opens it again.
--
-- A row that nobody stands behind any more (anonymised) counts as nobody, whatever its state says.

create or replace view usable_administrators as
select id, corporation_id
from accounts
where role = 'administrator' and state = 'active' and anonymised_at is null
  and (held_until is null or held_until <= genkan_now());

create or replace function keep_usable_administrator() returns trigger
language plpgsql as $$
begin
  if new.in_case or (new.state = 'suspended' and new.frozen_by_desk) then
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
  if tg_op = 'UPDATE' then
    if old.state <> 'registered' and old.corporation_id = new.corporation_id then
      return null;
    end if;
  end if;
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

-- Companies whose people can sign in without any administrator, after an objection or by the desk's
-- decision, and those whose administrator the desk froze: nothing else leaves one.
create or replace view unadministered_corporations as
select l.corporation_id, bool_or(l.is_at_desk) as is_at_desk, bool_or(l.is_frozen) as is_frozen
from (
  select e.corporation_id, e.state = 'objected' as is_at_desk, false as is_frozen
  from enrollments e
  where e.state in ('objected', 'refused')
    and exists (
      select from accounts a
      where a.corporation_id = e.corporation_id and a.state = 'active' and not a.in_case)
  union all
  select f.corporation_id, false, true
  from accounts f
  where f.frozen_by_desk and f.role = 'administrator' and f.state = 'suspended'
    and f.anonymised_at is null) l
where not exists (
  select from usable_administrators u where u.corporation_id = l.corporation_id)
group by l.corporation_id;
