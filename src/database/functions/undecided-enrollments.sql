-- Cases that nobody decided, whose newcomer could act: what the newcomer did can still be undone.
-- After the probation only those that somebody objected to, because the desk decides about them.
create or replace view undecided_enrollments as
select e.id, e.account_id
from enrollments e
where enrollment_stage(e.kind, e.state, e.started_at, e.release_at, e.probation_ends_at)
    in ('held', 'probation', 'objected')
  or (
    enrollment_stage(e.kind, e.state, e.started_at, e.release_at, e.probation_ends_at) = 'completed'
    and exists (
      select from witnesses w where w.enrollment_id = e.id and w.objected_at is not null));
