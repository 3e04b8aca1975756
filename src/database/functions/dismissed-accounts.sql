-- Newcomers whom the desk sent away. Somebody whom today's administrators brought back since is an
-- administrator like any other: the dismissal concerned the old case alone.
create or replace view dismissed_accounts as
select a.id
from accounts a
where a.state = 'deleted' and a.deleted_by is null
  and exists (select from enrollments e where e.account_id = a.id and e.state = 'refused');
