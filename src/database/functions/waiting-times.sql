-- The result of an attempt is told only when its key does not wait at that moment. The row is held
-- while it is looked at, so that of a hundred parallel guesses no more are told than of a hundred
-- in a row.

create or replace function settle_attempt(attempt_key text, was_right boolean) returns boolean
language plpgsql as $$
declare
  waiting waiting_times;
  failed integer;
begin
  if not was_right then
    insert into waiting_times values (attempt_key, 0, genkan_now(), '-infinity')
    on conflict (key) do nothing;
  end if;
  select * into waiting from waiting_times where key = attempt_key for update;
  if not found then
    return true;
  elsif waiting.waits_until > genkan_now() then
    return false;
  elsif was_right then
    delete from waiting_times where key = attempt_key;
  else
    failed := 1 + case when waiting.last_failed_at < genkan_now() - interval '1 day'
                       then 0 else waiting.failures end;
    update waiting_times set
      failures = failed,
      last_failed_at = genkan_now(),
      waits_until = case when failed <= 5 then '-infinity' else genkan_now() + make_interval(
        secs => (array[5, 15, 60, 300, 900])[least(failed - 5, 5)]) end
    where key = attempt_key;
  end if;
  return true;
end $$;
