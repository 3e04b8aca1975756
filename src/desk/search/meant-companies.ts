import { sql, type RawBuilder } from 'kysely';
import type { tables } from '../../database/tables.js';
import { withAnyZeros, withoutZeros } from '../../corporations/leading-zeros.js';
import { loginIdKey } from '../../identity/login-id.js';
import { cleanCorporateNumber } from '../../corporations/numbers.js';
import { isPartOfKey } from './ways-to-find.js';

/** Of those that most words mean: more are looked through for nobody. */
const MOST = sql.lit(30);
/** More than all letters of a line. */
const NUMBER_WEIGHS = sql.lit(1000);

export interface MeantCompany {
  id: string;
  /** Which words mean it, a bit for each. */
  words: number;
}

/** What the words of a line say of companies. */
export interface MeantCompanies {
  /** Those of most words first. */
  companies: MeantCompany[];
  /** The ids of those that are meant most surely: by a number before a name, by a long name before a short one. */
  surest: string[];
  /** The words that mean none of the surest: they may name somebody who is of another. */
  rest: string[];
  /** One word at least means no company at all. */
  names: boolean;
}

/** One word alone means none: it is looked for as it is. @param limit how many of the surest */
export async function meantCompanies(
  database: ReturnType<typeof tables>,
  words: string[] = [],
  limit: number,
): Promise<MeantCompanies> {
  if (words.length < 2) return { companies: [], surest: [], rest: words, names: false };
  const alike = numbersIn(words).flatMap((number) => (number ? withAnyZeros(number) : []));
  const { rows } = await sql<Omit<MeantCompanies, 'rest'> & { places: number[] }>`
    with ${tableOfWords(words)},
    meant as (
      select k.corporation_id as id, l.bit, length(l.company) as weight from line l
      join corporation_search_keys k on ${isPartOfKey(sql`l.company`)}
      union all
      select c.id, l.bit, ${NUMBER_WEIGHS} from corporations c, line l
      where c.corporate_number = any(${alike}::text[]) and ltrim(c.corporate_number, '0') = l.bare),
    weighed as materialized (
      select id, bit_or(bit) as words, count(*) as times, sum(weight) as weight
      from meant group by id),
    surest as materialized (
      select id, words from weighed order by weight desc fetch first 1 rows with ties)
    select coalesce((
             select json_agg(json_build_object('id', id, 'words', words) order by times desc)
             from (select * from weighed order by times desc limit ${MOST}) most), '[]') as companies,
           array(select id from surest limit ${limit}) as surest,
           array(select place::int from line
                 where bit & coalesce((select bit_or(words) from surest), 0) = 0
                 order by place) as places,
           exists (select from line where bare is null
                   and bit & coalesce((select bit_or(words) from weighed), 0) = 0) as names`.execute(
    database,
  );
  const { places, ...meant } = rows[0]!;
  return { ...meant, rest: places.map((place) => words[place - 1]!) };
}

/** Of each word the digits, where it may be the number of a company. */
function numbersIn(words: string[]): (string | null)[] {
  return words.map(cleanCorporateNumber).map((word) => (/^\d{1,13}$/.test(word) ? word : null));
}

/** The table `line`: each word as it is compared. */
export function tableOfWords(words: string[]): RawBuilder<unknown> {
  const bare = numbersIn(words).map((number) => number && withoutZeros(number));
  return sql`
    line as materialized (
      select place, 1 << (place::int - 1) as bit, search_fold(word) as key,
             nullif(company_fold(word), '') as company, login, bare
      from unnest(${words}::text[], ${words.map(loginIdKey)}::text[], ${bare}::text[])
        with ordinality as typed (word, login, bare, place)
      where search_fold(word) <> '')`;
}
