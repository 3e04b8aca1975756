-- A company's people are found by a part of their names, with an index that makes each page cost
-- the same in a company of any size (docs/decisions/015).

-- A name is found from each of its characters on, a login ID or mail address from each of its words.
create or replace function write_search_keys() returns trigger
language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    delete from account_search_keys where account_id = new.id;
  end if;
  insert into account_search_keys (account_id, key, corporation_id, role, state, held_until)
  select distinct new.id, substr(whole, place, 40), new.corporation_id, new.role, new.state,
         new.held_until
  from (values (search_fold(new.name), true), (search_fold(new.name_kana), true),
               (search_fold(new.login_id), false), (search_fold(new.email), false))
         as source (whole, anywhere),
       generate_series(1, length(whole)) place
  where anywhere or place = 1 or substr(whole, place - 1, 1) in ('.', '_', '-', '@', '+');
  return null;
end $$;

drop trigger if exists accounts_write_search_keys on accounts;
create trigger accounts_write_search_keys
after insert or update of name, name_kana, login_id, email, role, state, held_until, corporation_id
  on accounts
for each row
execute function write_search_keys();

-- A company is found by any part of its name or kana: one narrow row each, with an index of its
-- characters (docs/decisions/124).
create or replace function write_corporation_search_key() returns trigger
language plpgsql as $$
begin
  insert into corporation_search_keys (corporation_id, key)
  values (new.id, company_fold(new.name) || E'\n' || company_fold(new.name_kana))
  on conflict (corporation_id) do update set key = excluded.key;
  return null;
end $$;

drop trigger if exists corporations_write_search_key on corporations;
create trigger corporations_write_search_key
after insert or update of name, name_kana on corporations
for each row
execute function write_corporation_search_key();

-- The company that somebody typed who is not signed in, without its kind.
create or replace function write_asker_company_key() returns trigger
language plpgsql as $$
begin
  new.asker_company_key = company_fold(new.asker_company);
  return new;
end $$;

create or replace trigger desk_cases_write_asker_company_key
before insert or update of asker_company on desk_cases
for each row
execute function write_asker_company_key();
