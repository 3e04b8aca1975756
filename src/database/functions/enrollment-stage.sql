-- How far a case is at this moment. What time alone decides is no state but a stage, which is
-- computed whenever somebody asks.

-- Until when somebody who applied can come to act. A succession that witnesses believe to be over
-- stays over, however often its mail is asked for; a first registration gets new links for longer.
create or replace function activatable_until(kind text, started_at timestamptz)
returns timestamptz
language sql stable parallel safe as $$
  select started_at + case kind when 'succession' then interval '24 hours'
                                else interval '168 hours' end
$$;

create or replace function enrollment_stage(
  kind text, state text, started_at timestamptz, release_at timestamptz,
  probation_ends_at timestamptz)
returns text
language sql stable parallel safe as $$
  select case
    when state = 'awaiting-activation' and activatable_until(kind, started_at) <= genkan_now()
      then 'expired'
    when state = 'running' and release_at > genkan_now() then 'held'
    when state = 'running' and probation_ends_at > genkan_now() then 'probation'
    when state = 'running' then 'completed'
    else state
  end
$$;

-- The version before does not name the kind, and runs beside this one during an update.
create or replace function enrollment_stage(
  state text, started_at timestamptz, release_at timestamptz, probation_ends_at timestamptz)
returns text
language sql stable parallel safe as $$
  select enrollment_stage('succession', state, started_at, release_at, probation_ends_at)
$$;
