import { sql, type RawBuilder } from 'kysely';
import { withAnyZeros, withoutZeros } from '../../corporations/leading-zeros.js';
import { loginIdKey } from '../../identity/login-id.js';
import { cleanDigits } from '../../web/forms/fields.js';
import { isPartOfKey, LAST } from './ways-to-find.js';

type Sql = RawBuilder<unknown>;

/**
 * The tables that a search by words begins with: `line`, each word; `named`, what may be a name, alone
 * or together; `companies`, those meant by most words, and by which (bits).
 */
export function meantBy(words: string[], companies: number): Sql {
  const numbers = words.map(cleanDigits).map((word) => (/^\d{1,13}$/.test(word) ? word : null));
  const bare = numbers.map((number) => number && withoutZeros(number));
  const alike = numbers.flatMap((number) => (number ? withAnyZeros(number) : []));
  return sql`
    line as materialized (
      select place, 1 << (place::int - 1) as bit, search_fold(word) as key,
             nullif(company_fold(word), '') as company, login, bare
      from unnest(${words}::text[], ${words.map(loginIdKey)}::text[], ${bare}::text[])
        with ordinality as typed (word, login, bare, place)
      where search_fold(word) <> ''),
    named as (
      select key from line union
      select one.key || other.key from line one, line other where abs(one.place - other.place) = 1),
    meant as (
      select k.corporation_id as id, l.bit from line l
      join corporation_search_keys k on ${isPartOfKey(sql`l.company`)}
      where (select count(*) from line) > 1
      union all
      select c.id, l.bit from corporations c, line l
      where c.corporate_number = any(${alike}::text[]) and ltrim(c.corporate_number, '0') = l.bare),
    companies as materialized (
      select id, bit_or(bit) as words from meant
      group by id order by count(*) desc limit ${sql.lit(companies)})`;
}

/** Those whose name or kana begins like one of `named`, a few of each. @param from with its condition */
export function namedIn(from: Sql, ofEach: number): Sql {
  const by = (key: Sql) => sql`
    select f.id from named n cross join lateral (
      select id from ${from} and ${key} >= n.key and ${key} < n.key || ${LAST}
      order by ${key} limit ${sql.lit(ofEach)}) f`;
  return sql`
    ${by(sql`search_fold(name) collate "C"`)} union ${by(sql`search_fold(name_kana) collate "C"`)}`;
}

/**
 * Of the `candidates` those whom all words mean, one of them as the person's own.
 * @param table of people `p`; `also` is more of them that the other two need
 */
export function judged(table: string, also: Sql, isOwnToo: Sql, order: Sql): Sql {
  return sql`
    select p.id
    from (
      select p.id, ${also}, search_fold(p.name) as name, search_fold(p.name_kana) as kana,
             k.key as company, ltrim(c.corporate_number, '0') as bare
      from candidates f
      join ${sql.table(table)} p on p.id = f.id
      join corporations c on c.id = p.corporation_id
      join corporation_search_keys k on k.corporation_id = c.id
      offset 0) p,
      lateral (
        select bool_and(is_own or coalesce(strpos(p.company, l.company) > 0, false)
                        or coalesce(l.bare = p.bare, false)) as is_all, bool_or(is_own) as is_person
        from line l, lateral (
          select strpos(p.name, l.key) > 0 or strpos(p.kana, l.key) > 0 or ${isOwnToo} as is_own) j) judged
    where is_all and is_person
    order by p.name, ${order}`;
}
