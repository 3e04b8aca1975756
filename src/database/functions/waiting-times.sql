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

-- The same after a right password, in the statement that signs its owner in. Where there is something
-- to end, the account is held first, as in all that ends a wait and changes an account.

create or replace function settle_right_attempt(who uuid, attempt_key text) returns boolean
language plpgsql as $$
begin
  if not exists (select from waiting_times where key = attempt_key) then
    return true;
  end if;
  perform from accounts where id = who for no key update;
  return settle_attempt(attempt_key, true);
end $$;

-- Failures of new browsers count for the networks that they come from. Many people share one, so
-- hundreds are free in a quarter of an hour; each further one lets the new browsers of that network
-- wait for 5, 15, then again and again 60 seconds. For a network, last_failed_at is the beginning of
-- its quarter. The rows are locked in the order of their keys.

create or replace function count_network_failures(networks text[], free integer[]) returns void
language plpgsql as $$
declare
  network record;
  counted waiting_times;
begin
  for network in select * from unnest(networks, free) as n(key, free) order by n.key
  loop
    insert into waiting_times as w values (network.key, 1, genkan_now(), '-infinity')
    on conflict (key) do update set
      failures = case when w.last_failed_at < genkan_now() - interval '15 minutes'
                      then 1 else w.failures + 1 end,
      last_failed_at = case when w.last_failed_at < genkan_now() - interval '15 minutes'
                            then genkan_now() else w.last_failed_at end
    returning * into counted;
    if counted.failures > network.free then
      update waiting_times set waits_until = genkan_now() + make_interval(
        secs => (array[5, 15, 60])[least(counted.failures - network.free, 3)])
      where key = network.key;
    end if;
  end loop;
end $$;
