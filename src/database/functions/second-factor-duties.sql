-- Until when people have to set a second factor up, as their company or the operator wishes: 14 days
-- after it was switched on, or after the person joined or became an administrator. A newcomer whom a
-- case makes an administrator where administrators are asked already has no days of grace: nobody
-- vouches for the person yet (docs/decisions/068). People who are not asked are not in it.

create or replace view second_factor_duties as
select a.id as account_id, a.corporation_id, a.role, a.state, a.second_factor_since, due.due_at
from accounts a
join corporations c on c.id = a.corporation_id
left join second_factor_minimum m on true
cross join lateral (
  select least(c.administrators_asked_since, m.administrators_asked_since) as administrators,
         least(c.everybody_asked_since, m.everybody_asked_since) as everybody) asked
cross join lateral (
  -- "least" takes what is there: administrators are asked as such, or as everybody is.
  select least(
    case when a.role = 'administrator' and asked.administrators is not null then
      case when a.probation_ends_at is not null and a.activated_at > asked.administrators
        then a.activated_at
        else greatest(asked.administrators, a.activated_at, a.administrator_since)
             + interval '14 days' end end,
    case when asked.everybody is not null then
      greatest(asked.everybody, a.activated_at) + interval '14 days' end) as due_at) due
where due.due_at is not null;
