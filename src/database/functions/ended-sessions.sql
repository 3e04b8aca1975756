-- A session that is deleted before its time leaves a trace: a form that its browser sends afterwards
-- is kept for its person (docs/decisions/057). Clean-up deletes traces when their time is over.

create or replace function trace_ended_sessions() returns trigger
language plpgsql as $$
begin
  insert into ended_sessions (id, secret_hash, account_id, ends_at)
  select ended.id, ended.secret_hash, ended.account_id, ended.ends_at
  from ended join accounts on accounts.id = ended.account_id
  where ended.ends_at > genkan_now()
  on conflict do nothing;
  return null;
end $$;

drop trigger if exists sessions_trace_ended on sessions;
create trigger sessions_trace_ended
after delete on sessions
referencing old table as ended
for each statement
execute function trace_ended_sessions();
