-- Sign-ins between the right password and the second factor, the statements of the post that ends
-- them, and who is spared it. Each step of a function sees what was committed before it, so whoever
-- waited for the account meets what happened meanwhile.

-- Another password ends one, and so does its time.
create or replace view live_pending_sign_ins as
select p.id, p.secret_hash, a.id as account_id, a.corporation_id, a.login_id_key, a.password_hash
from pending_sign_ins p join accounts a on a.id = p.account_id
where p.ends_at > genkan_now() and sha256(convert_to(a.password_hash, 'UTF8')) = p.password_digest;

-- Locks the account, and then the sign-in, until the transaction ends. False when it is over.
create or replace function hold_pending_sign_in(sign_in uuid, who uuid) returns boolean
language plpgsql as $$
begin
  perform from accounts where id = who for no key update;
  perform from pending_sign_ins where id = sign_in for update;
  return exists (select from live_pending_sign_ins where id = sign_in);
end $$;

-- Counts a try at the second factor before it is compared. A known browser (device) has a lane of its
-- own (lane_device) as long as those of the account did not use up what they have together: then it
-- is judged as any other, so that many browsers do not add up to many tries. The count is visible at
-- once, and on the disk before the answer, because each answer to a try follows another commit.
create or replace function count_factor_try(
  who uuid, cookie_id uuid, cookie_hash bytea, in_recovery boolean,
  out device uuid, out lane_device uuid, out lane text, out retry_after integer)
language plpgsql as $$
begin
  perform set_config('synchronous_commit', 'off', true);
  select d.id into device from devices d
  where d.id = cookie_id and d.secret_hash = cookie_hash and d.account_id = who
    and d.ends_at > genkan_now();
  if device is not null and not exists (
    select from take_limits(array['known-wrong-codes:' || who], array[20],
                            array[interval '1 hour'])) then
    lane_device := device;
  end if;
  lane := case when lane_device is not null then 'factor:device:' || lane_device
               when in_recovery then 'factor:recovery:' || who else 'factor:account:' || who end;
  if not settle_attempt(lane, false) then
    select greatest(1, ceil(extract(epoch from w.waits_until - genkan_now()))) into retry_after
    from waiting_times w where w.key = lane;
  end if;
end $$;

-- Uses a code of the app up for the sign-in that waits for it, and ends that and what was counted.
-- False where it did nothing: the sign-in is over, the code was used, or a removal of the factor is
-- open, which a use ends by more than this.
create or replace function use_totp(sign_in uuid, who uuid, step integer, lane text) returns boolean
language plpgsql as $$
begin
  if not hold_pending_sign_in(sign_in, who)
     or exists (select from factor_removals where account_id = who and outcome is null) then
    return false;
  end if;
  update totp_secrets set last_step = step, last_used_at = genkan_now()
  where account_id = who and last_step < step;
  if not found then
    return false;
  end if;
  delete from pending_sign_ins where id = sign_in;
  -- In the order in which a try counts.
  if lane like 'factor:device:%' then
    update limit_counters set used = greatest(0, used - 1) where key = 'known-wrong-codes:' || who;
  end if;
  delete from waiting_times where key = lane;
  return true;
end $$;

-- Whether the browser is trusted with the account. A change of factors holds the account while it ends
-- that, so it is looked for behind the lock: the statement that signs in began before.
create or replace function goes_on_without_factor(who uuid, device uuid) returns boolean
language plpgsql as $$
begin
  perform from accounts where id = who for no key update;
  return exists (select from devices
                 where id = device and account_id = who and trusted_until > genkan_now());
end $$;
