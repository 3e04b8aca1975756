-- Counters count before anything is compared. One use counts on all keys or on none; the rows are
-- locked in the order of their keys, so that parallel callers wait instead of deadlocking.

create or replace function take_limits(keys text[], maxima integer[], windows interval[])
returns table (exhausted_key text, retry_after integer)
language plpgsql as $$
declare
  wanted record;
  counter limit_counters;
begin
  -- An exhausted counter answers at once, before this call adds any row.
  select c.key, greatest(1, ceil(extract(epoch from c.ends_at - genkan_now())))::integer
  into exhausted_key, retry_after
  from limit_counters c join unnest(keys, maxima) as w(key, maximum) on w.key = c.key
  where c.used >= w.maximum and c.ends_at > genkan_now()
  limit 1;
  if found then
    return next;
    return;
  end if;
  for wanted in
    select * from unnest(keys, maxima, windows) as w(key, maximum, span) order by w.key
  loop
    insert into limit_counters values (wanted.key, 0, genkan_now() + wanted.span)
    on conflict (key) do update set
      used = case when limit_counters.ends_at <= genkan_now() then 0 else limit_counters.used end,
      ends_at = case when limit_counters.ends_at <= genkan_now()
                     then genkan_now() + wanted.span else limit_counters.ends_at end
    returning * into counter;
    if counter.used >= wanted.maximum then
      exhausted_key := wanted.key;
      retry_after := greatest(1, ceil(extract(epoch from counter.ends_at - genkan_now())))::integer;
      return next;
      return;
    end if;
  end loop;
  update limit_counters set used = used + 1 where key = any(keys);
end $$;
