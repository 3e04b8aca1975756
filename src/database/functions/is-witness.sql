-- A witness of a case was an administrator before it and got a link to object. A mailbox that the
-- newcomer exchanged meanwhile witnesses nothing.

create or replace function is_witness(enrollment uuid, account uuid) returns boolean
language sql stable as $$
  select exists (
      select from objections o
      where o.enrollment_id = enrollment and o.account_id = account)
    and not exists (
      select from probation_acts p join accounts a on a.id = p.target_id
      where p.enrollment_id = enrollment and p.target_id = account
        and p.act = 'email-change' and p.undone_at is null
        and a.email <> p.before ->> 'email')
$$;
