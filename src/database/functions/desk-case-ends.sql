-- A case of the desk ends with what it is about, whatever path decides that: an enrollment that is
-- decided, or that the desk let begin after its review, or that somebody was told of after all, and a lost factor that is replaced or taken off,
-- or whose removal two people of the desk began. The time of a probation alone ends no case: what the
-- desk has before it waits for the desk.

create or replace function end_desk_case(of_subject uuid) returns void
language sql as $$
  update desk_cases set state = 'done', closed_at = genkan_now()
  where subject = of_subject and state <> 'done';
$$;

-- With an entry of the case that says what ended it, which becomes that of somebody of the desk where
-- their decision did (`DeskCases.signed`).
create or replace function end_desk_case_because(of_subject uuid, why text) returns void
language sql as $$
  with ended as (
    update desk_cases set state = 'done', closed_at = genkan_now()
    where subject = of_subject and state <> 'done' returning id)
  insert into desk_case_entries (desk_case_id, kind, state, cause)
  select id, 'state', 'done', why from ended
$$;

create or replace function end_case_of_row() returns trigger
language plpgsql as $$
begin
  perform end_desk_case(old.id);
  return null;
end $$;

create or replace function end_case_of_enrollment() returns trigger
language plpgsql as $$
begin
  if old.state = 'review' then
    perform end_desk_case(new.id);
  else
    perform end_desk_case_because(new.id, new.state);
  end if;
  return null;
end $$;

create or replace trigger enrollments_end_desk_case
after update of state on enrollments for each row
when (new.state is distinct from old.state
      and (old.state = 'review' or new.state in ('approved', 'withdrawn', 'expired', 'refused')))
execute function end_case_of_enrollment();

-- It is about the registration alone from now on. The second of two people of the desk is still
-- waited for.
create or replace function end_case_of_told() returns trigger
language plpgsql as $$
begin
  update desk_cases set kind = 'succession' where subject = new.id and kind = 'untold';
  if not first_word_waits(new.id) then
    perform end_desk_case_because(new.id, 'told');
  end if;
  return null;
end $$;

create or replace trigger enrollments_told_after_all
after update of untold_since on enrollments for each row
when (old.untold_since is not null and new.untold_since is null and new.state <> 'objected')
execute function end_case_of_told();

create or replace trigger enrollments_gone_from_desk
after delete on enrollments for each row execute function end_case_of_row();

create or replace function end_case_with_account() returns trigger
language plpgsql as $$
begin
  perform end_desk_case_because(
    new.id, case when new.state = 'deleted' then 'account-deleted' else 'factor-changed' end);
  return null;
end $$;

create or replace trigger accounts_end_desk_case
after update of second_factor_since, state, anonymised_at on accounts for each row
when (new.second_factor_since is distinct from old.second_factor_since
      or new.anonymised_at is distinct from old.anonymised_at
      or (new.state = 'deleted' and old.state <> 'deleted'))
execute function end_case_with_account();

create or replace function end_case_with_lost_factor() returns trigger
language plpgsql as $$
begin
  perform end_desk_case_because(new.account_id, 'factor-changed');
  return null;
end $$;

-- Another app in the place of the lost one leaves second_factor_since as it is.
create or replace trigger totp_secrets_end_desk_case
after insert on totp_secrets for each row when (new.account_id is not null)
execute function end_case_with_lost_factor();

-- The two people's decision is an entry already.
create or replace function end_case_of_lost_factor() returns trigger
language plpgsql as $$
begin
  perform end_desk_case(new.account_id);
  return null;
end $$;

create or replace trigger factor_removals_end_desk_case
after insert or update of began_at on factor_removals for each row
when (new.began_at is not null and new.second_operator is not null)
execute function end_case_of_lost_factor();
