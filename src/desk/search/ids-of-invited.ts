import { sql } from 'kysely';
import { withAnyZeros, withoutZeros } from '../../corporations/leading-zeros.js';
import type { tables } from '../../database/tables.js';
import { cleanDigits } from '../../web/forms/fields.js';
import { isOpenInvitation } from '../diagnosis/invited-people.js';
import type { TypedQuery } from './typed-query.js';
import { isPartOfKey } from './ways-to-find.js';

const LAST = sql`${'\u{10FFFF}'}::text`;
const OF_EACH = sql.lit(20);
const COMPANIES = sql.lit(5);
const OF_COMPANIES = sql.lit(200);

/**
 * Open invitations to an address, or to people of whom each word is a part of the name or kana, of the
 * company's name, or its number; one word at least is the person's own. As with people who are
 * registered, those who may be meant are looked up by an index, and then judged by all words.
 */
export async function idsOfInvited(
  database: ReturnType<typeof tables>,
  { email, name, words = name ? [name] : [] }: TypedQuery,
  limit: number,
): Promise<string[]> {
  const found = email
    ? sql<{ id: string }>`
        select i.id from invitations i where i.email_key = ${email} and ${isOpenInvitation}
        order by i.created_at desc limit ${limit}`
    : byWords(words, limit);
  return words.length > 0 || email ? (await found.execute(database)).rows.map(({ id }) => id) : [];
}

function byWords(words: string[], limit: number) {
  const numbers = words.map(cleanDigits).map((word) => (/^\d{1,13}$/.test(word) ? word : null));
  const bare = numbers.map((number) => number && withoutZeros(number));
  const alike = numbers.flatMap((number) => (number ? withAnyZeros(number) : []));
  return sql<{ id: string }>`
    with line as materialized (
      select place, search_fold(word) as key, nullif(company_fold(word), '') as company, bare
      from unnest(${words}::text[], ${bare}::text[]) with ordinality as typed (word, bare, place)
      where search_fold(word) <> ''),
    named as (
      select key from line union
      select one.key || other.key from line one, line other where abs(one.place - other.place) = 1),
    companies as materialized (
      select id from (
        select k.corporation_id as id from line l
        join corporation_search_keys k on ${isPartOfKey(sql`l.company`)}
        where (select count(*) from line) > 1
        union all
        select id from corporations where corporate_number = any(${alike}::text[])) meant
      group by id order by count(*) desc limit ${COMPANIES}),
    candidates as (
      select i.id from companies m cross join lateral (
        select i.id from invitations i
        where i.corporation_id = m.id and ${isOpenInvitation} limit ${OF_COMPANIES}) i
      union select i.id from named n cross join lateral (
        select i.id from invitations i
        where search_fold(i.name) collate "C" >= n.key
          and search_fold(i.name) collate "C" < n.key || ${LAST} and ${isOpenInvitation}
        order by search_fold(i.name) collate "C" limit ${OF_EACH}) i
      union select i.id from named n cross join lateral (
        select i.id from invitations i
        where search_fold(i.name_kana) collate "C" >= n.key
          and search_fold(i.name_kana) collate "C" < n.key || ${LAST} and ${isOpenInvitation}
        order by search_fold(i.name_kana) collate "C" limit ${OF_EACH}) i)
    select p.id
    from (
      select i.id, i.created_at, search_fold(i.name) as name, search_fold(i.name_kana) as kana,
             k.key as company, ltrim(c.corporate_number, '0') as bare
      from candidates f
      join invitations i on i.id = f.id
      join corporations c on c.id = i.corporation_id
      join corporation_search_keys k on k.corporation_id = c.id
      offset 0) p,
      lateral (
        select bool_and(is_own or coalesce(strpos(p.company, l.company) > 0, false)
                        or coalesce(l.bare = p.bare, false)) as is_all, bool_or(is_own) as is_person
        from line l, lateral (
          select strpos(p.name, l.key) > 0 or strpos(p.kana, l.key) > 0 as is_own) j) judged
    where is_all and is_person
    order by p.name, p.created_at desc limit ${limit}`;
}
