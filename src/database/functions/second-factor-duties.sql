-- Until when people have to set a second factor up, as their company or the operator wishes: 14 days
-- after it was switched on, or after the person joined or became an administrator. A newcomer whom a
-- case makes an administrator where administrators are asked already has no days of grace: nobody
-- vouches for the person yet (docs/decisions/068).

-- Null for people who are not asked. "least" takes what is there: of the company's and the operator's
-- day, and of administrators as such and as everybody.
create or replace function second_factor_due_at(
  role text, activated_at timestamptz, administrator_since timestamptz,
  probation_ends_at timestamptz, administrators_asked timestamptz, everybody_asked timestamptz)
returns timestamptz
language sql stable parallel safe as $$
  select least(
    case when role = 'administrator' and administrators_asked is not null then
      case when probation_ends_at is not null and activated_at > administrators_asked
        then activated_at
        else greatest(administrators_asked, activated_at, administrator_since)
             + interval '14 days' end end,
    case when everybody_asked is not null then
      greatest(everybody_asked, activated_at) + interval '14 days' end)
$$;

create or replace view second_factor_duties as
select a.id as account_id, a.corporation_id, a.role, a.state, a.second_factor_since, due.due_at
from accounts a
join corporations c on c.id = a.corporation_id
left join second_factor_minimum m on true
cross join lateral (
  select second_factor_due_at(
    a.role, a.activated_at, a.administrator_since, a.probation_ends_at,
    least(c.administrators_asked_since, m.administrators_asked_since),
    least(c.everybody_asked_since, m.everybody_asked_since)) as due_at) due
where due.due_at is not null;
