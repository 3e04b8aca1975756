-- A sign-in notes its network and browser in its one statement, and adds the job that tells the
-- person of new ones. The very first one is told to those alone whose password was typed before
-- anybody knew who reads the mailbox: applicants. An empty browser stands for the network itself; others are browsers without a
-- known cookie that the person was told of.

create or replace function note_environment(
  who uuid, is_first boolean, knows_browser boolean, from_network cidr, with_browser text,
  from_address inet)
returns boolean
language plpgsql as $$
declare
  earliest timestamptz := genkan_now() - interval '90 days';
  knows_network boolean := exists (
    select from known_environments
    where account_id = who and network = from_network and browser = ''
      and last_seen_at > earliest);
  was_told boolean := exists (
    select from known_environments
    where account_id = who and network = from_network and browser = md5(with_browser)
      and last_seen_at > earliest);
begin
  insert into known_environments
  select who, from_network, b, genkan_now()
  from unnest(case when is_first or (knows_network and knows_browser)
                   then array[''] else array['', md5(with_browser)] end) as b
  on conflict (account_id, network, browser) do update set last_seen_at = excluded.last_seen_at;
  if is_first then
    if not exists (select from enrollments where account_id = who) then
      return false;
    end if;
  elsif was_told or (knows_network and knows_browser) then
    return false;
  end if;
  -- NEW_ENVIRONMENT_JOB in src/accounts/own/sign-ins/new-environments.ts names the same job.
  perform graphile_worker.add_job(
    'tell-new-environment',
    payload := json_build_object(
      'accountId', who, 'isFirst', is_first, 'at', genkan_now(), 'browser', with_browser, 'address', host(from_address)),
    max_attempts := 25);
  return true;
end $$;
