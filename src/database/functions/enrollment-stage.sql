-- How far a case is at this moment. What time alone decides is no state but a stage, which is
-- computed whenever somebody asks.

create or replace function enrollment_stage(
  state text, started_at timestamptz, release_at timestamptz, probation_ends_at timestamptz)
returns text
language sql stable parallel safe as $$
  select case
    when state = 'awaiting-activation' and started_at <= genkan_now() - interval '24 hours'
      then 'expired'
    when state = 'running' and release_at > genkan_now() then 'held'
    when state = 'running' and probation_ends_at > genkan_now() then 'probation'
    when state = 'running' then 'completed'
    else state
  end
$$;
