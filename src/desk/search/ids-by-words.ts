import { sql } from 'kysely';
import type { tables } from '../../database/tables.js';
import { loginIdKey } from '../../identity/login-id.js';
import { cleanDigits } from '../../web/forms/fields.js';
import { withAnyZeros, withoutZeros } from '../../corporations/leading-zeros.js';
import { isPartOfKey } from './ways-to-find.js';

const LAST = sql`${'\u{10FFFF}'}::text`;
/** As account_search_keys are written. */
const LONGEST_KEY = 40;

/** Of each way to somebody so many are looked at: more are no name. */
const OF_EACH = sql.lit(10);
const COMPANIES = sql.lit(30);
const OF_COMPANIES = sql.lit(60);

/**
 * People of whom each word is a part of the name or kana, the beginning of the login ID, or a part of the
 * company's name or its number; one word at least is the person's own. Whoever is asked about is looked
 * up by an index, and then judged by all words: by a login ID, by a name in a company that a word
 * means, or by words that are one name together.
 */
export async function idsByWords(
  database: ReturnType<typeof tables>,
  words: string[],
  limit: number,
): Promise<string[]> {
  const numbers = words
    .map((word) => cleanDigits(word))
    .map((word) => (isNumber(word) ? word : ''));
  const alike = numbers.flatMap((number) => (number ? withAnyZeros(number) : []));
  const bare = numbers.map((number) => (number ? withoutZeros(number) : null));
  const { rows } = await sql<{ id: string }>`
    with line as materialized (
      select place, 1 << (place::int - 1) as bit, search_fold(word) as key,
             nullif(company_fold(word), '') as company, login, bare
      from unnest(${words}::text[], ${words.map(loginIdKey)}::text[], ${bare}::text[])
        with ordinality as typed (word, login, bare, place)
      where search_fold(word) <> ''),
    meant as (
      select k.corporation_id as id, l.bit from line l
      join corporation_search_keys k on ${isPartOfKey(sql`l.company`)}
      union all
      select c.id, l.bit from corporations c, line l
      where c.corporate_number = any(${alike}::text[]) and ltrim(c.corporate_number, '0') = l.bare),
    companies as materialized (
      select id, bit_or(bit) as words from meant
      group by id order by count(*) desc limit ${COMPANIES}),
    own as (
      select k.account_id as id from companies m
      cross join line l
      cross join lateral (
        select account_id from account_search_keys
        where corporation_id = m.id
          and state in ('registered', 'active', 'suspended', 'deleted')
          and role in ('administrator', 'staff')
          and key >= left(l.key, ${LONGEST_KEY}) and key < left(l.key, ${LONGEST_KEY}) || ${LAST}
        limit ${OF_EACH}) k
      where m.words & l.bit = 0
      limit ${OF_COMPANIES}),
    named as (
      select key from line union all
      select one.key || other.key from line one, line other where abs(one.place - other.place) = 1),
    candidates as (
      select id from own
      union select a.id from line l, lateral (
        select id from accounts where login_id_key collate "C" >= l.login
          and login_id_key collate "C" < l.login || ${LAST}
        order by login_id_key collate "C" limit ${OF_EACH}) a
      union select a.id from named n, lateral (
        select id from accounts where search_fold(name) collate "C" >= n.key
          and search_fold(name) collate "C" < n.key || ${LAST}
        order by search_fold(name) collate "C" limit ${OF_EACH}) a
      union select a.id from named n, lateral (
        select id from accounts where search_fold(name_kana) collate "C" >= n.key
          and search_fold(name_kana) collate "C" < n.key || ${LAST}
        order by search_fold(name_kana) collate "C" limit ${OF_EACH}) a)
    select p.id
    from (
      select a.id, a.login_id_key as login, search_fold(a.name) as name,
             search_fold(a.name_kana) as kana, k.key as company,
             ltrim(c.corporate_number, '0') as bare
      from candidates f
      join accounts a on a.id = f.id
      join corporations c on c.id = a.corporation_id
      join corporation_search_keys k on k.corporation_id = c.id
      offset 0) p,
      lateral (
        select bool_and(is_own or coalesce(strpos(p.company, l.company) > 0, false)
                        or coalesce(l.bare = p.bare, false)) as is_all, bool_or(is_own) as is_person
        from line l, lateral (
          select strpos(p.name, l.key) > 0 or strpos(p.kana, l.key) > 0
                 or starts_with(p.login, l.login) as is_own) j) judged
    where is_all and is_person
    order by p.name, p.id limit ${limit}`.execute(database);
  return rows.map(({ id }) => id);
}

function isNumber(digits: string): boolean {
  return /^\d{1,13}$/.test(digits);
}
