-- The state of an account at this moment. A newcomer who is held back becomes active by the time
-- alone, without a job that could be late.

create or replace function account_state_now(state text, held_until timestamptz) returns text
language sql stable parallel safe as $$
  select case when state = 'active' and held_until > genkan_now() then 'held' else state end
$$;
