-- What the first of two people of the desk said about a subject of its cases, an enrollment or an
-- account, waits for the second one in an open case alone. Whatever ends the case takes it back, with
-- a row in the company's log.

create or replace function first_word_waits(of_subject uuid) returns boolean
language sql stable as $$
  select exists (select from factor_removals
                 where account_id = of_subject and outcome is null and began_at is null
                   and first_operator is not null)
    or exists (select from enrollments where id = of_subject
                 and (upheld_by is not null or dismissed_by is not null))
    or exists (select from appointments where enrollment_id = of_subject
                 and (confirmed_at is null or taken_back_by is not null))
$$;

create or replace function take_first_words_back() returns trigger
language plpgsql as $$
declare
  of_factor boolean := new.kind = 'lost-factor';
  why text := 'case-closed';
begin
  if not first_word_waits(new.subject) then
    return null;
  end if;
  update factor_removals set first_operator = null
  where account_id = new.subject and outcome is null and began_at is null;
  update enrollments set upheld_by = null, dismissed_by = null where id = new.subject;
  delete from appointments where enrollment_id = new.subject and confirmed_at is null;
  update appointments set taken_back_by = null where enrollment_id = new.subject;
  if of_factor and new.closed_by is null then
    select case when anonymised_at is not null then 'account-erased'
                when state = 'deleted' then 'account-deleted' else why end
    into why from accounts where id = new.subject;
  end if;
  insert into audit_entries (corporation_id, act, reason, facts)
  values (new.corporation_id,
          case when of_factor then 'factor-word-end' else 'first-word-end' end, 'done',
          jsonb_strip_nulls(jsonb_build_object(
            'caseNumber', new.case_number, 'cause', why, 'operator', new.closed_by,
            'target', case when of_factor then new.subject end)));
  return null;
end $$;

create or replace trigger desk_cases_take_first_words_back
after update of state on desk_cases for each row
when (new.state = 'done' and old.state <> 'done' and new.subject is not null)
execute function take_first_words_back();
