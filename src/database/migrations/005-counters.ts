import { Migration } from '@mikro-orm/migrations';

/**
 * Counters that count before anything is compared. take_limits() counts one use on all keys or on
 * none: it locks the rows in the order of their keys, so parallel callers wait instead of deadlocking.
 */
export class Counters005 extends Migration {
  override name = '005-counters';

  override up(): void {
    this.addSql(`
      create table limit_counters (
        key text primary key,
        used integer not null,
        ends_at timestamptz not null
      )`);
    this.addSql(`
      create function take_limits(keys text[], maxima integer[], windows interval[])
      returns table (exhausted_key text, retry_after integer)
      language plpgsql as $$
      declare
        wanted record;
        counter limit_counters;
      begin
        -- What is exhausted anyway adds no rows.
        select c.key, greatest(1, ceil(extract(epoch from c.ends_at - genkan_now())))::integer
        into exhausted_key, retry_after
        from limit_counters c join unnest(keys, maxima) as w(key, maximum) on w.key = c.key
        where c.used >= w.maximum and c.ends_at > genkan_now() limit 1;
        if found then
          return next;
          return;
        end if;
        for wanted in select * from unnest(keys, maxima, windows) as w(key, maximum, span) order by w.key loop
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
      end $$`);
    this.addSql(`
      create table waiting_times (
        key text primary key,
        failures integer not null,
        last_failed_at timestamptz not null,
        waits_until timestamptz not null
      )`);
    // A result may only be told when its key does not wait at that moment. The row is held while it
    // is looked at, so of a hundred parallel guesses no more are told than of a hundred in a row.
    this.addSql(`
      create function settle_attempt(attempt_key text, was_right boolean) returns boolean
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
      end $$`);
  }
}
