import { sql, type RawBuilder } from 'kysely';
import { tableOfWords, type MeantCompany } from './meant-companies.js';
import { LAST } from './ways-to-find.js';

type Sql = RawBuilder<unknown>;

/**
 * The tables that a search by words begins with: `line`; `named`, what may be a name, alone or
 * together; `companies` that the words mean.
 */
export function meantBy(words: string[], companies: MeantCompany[]): Sql {
  return sql`
    ${tableOfWords(words)},
    named as (
      select key from line union
      select one.key || other.key from line one, line other where abs(one.place - other.place) = 1),
    companies as (
      select * from unnest(${companies.map(({ id }) => id)}::uuid[],
                           ${companies.map(({ words: bits }) => bits)}::int[]) as m (id, words))`;
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
