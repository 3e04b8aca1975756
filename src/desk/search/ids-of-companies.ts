import { sql, type RawBuilder } from 'kysely';
import type { tables } from '../../database/tables.js';
import { cleanCorporateNumber } from '../../corporations/numbers.js';
import { withAnyZeros } from '../../corporations/leading-zeros.js';
import type { TypedQuery } from './typed-query.js';
import { isPartOfKey } from './ways-to-find.js';

/** Banks write ョ as ヨ: what may be a small kana is any one, until the rows that are left are judged. */
const MAYBE_SMALL =
  /(?<=[キシチニヒミリギジビピ])[ヤユヨ]|(?<=.)ツ|(?<=フ)[アイエオ]|(?<=[テデ])[イユ]|(?<=[シチジ])エ|(?<=ウ)[イエオ]/gu;
const SMALL = 'ァィゥェォャュョッヮ';
const LARGE = 'アイウエオヤユヨツワ';
/** Each look reads all keys. */
const MOST_LOOKS = 3;
/** The family names of people are shorter. */
const SHORTEST = 6;
const KANA = new RegExp(`^[\\p{Script=Katakana}ー\\s・]+$`, 'u');

/**
 * Companies of whose name or kana the line is a part, or that a number in it and its other words mean;
 * where there is none, those of whose kana it is a part as banks write it.
 */
export async function idsOfCompanies(
  database: ReturnType<typeof tables>,
  { name, words }: Pick<TypedQuery, 'name' | 'words'>,
  limit: number,
): Promise<string[]> {
  if (!name) return [];
  const key = sql`company_fold(${name})`;
  const numbers = (words ?? []).map(cleanCorporateNumber).filter((word) => /^\d{1,13}$/.test(word));
  const others = (words ?? []).filter((word) => !numbers.includes(cleanCorporateNumber(word)));
  const alike = numbers.length === 1 && others.length > 0 ? withAnyZeros(numbers[0]!) : [];
  const found = await inOrder(
    database,
    sql`
      select corporation_id from corporation_search_keys k
      where ${key} <> '' and ${isPartOfKey(key)}
      union
      select c.id from corporations c join corporation_search_keys k on k.corporation_id = c.id
      where c.corporate_number = any(${alike}::text[])
        and not exists (select from unnest(${others}::text[]) as other (word)
                        where strpos(k.key, company_fold(word)) = 0)`,
    limit,
  );
  return found.length > 0 ? found : idsByKana(database, name, limit);
}

/** The narrow rows are read first: in the order of the numbers each would cost a look-up. */
async function inOrder(
  database: ReturnType<typeof tables>,
  matching: RawBuilder<unknown>,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with matching as materialized (${matching})
    select c.id from matching m join corporations c on c.id = m.corporation_id
    order by c.corporate_number limit ${limit}`.execute(database);
  return rows.map(({ id }) => id);
}

/** Behind the company a branch may stand, or a person. */
async function idsByKana(
  database: ReturnType<typeof tables>,
  name: string,
  limit: number,
): Promise<string[]> {
  const words = KANA.test(name) ? name.split(/[\s・]+/) : [];
  const beginnings = words.map((_, last) => words.slice(0, last + 1).join(''));
  const [whole, ...shorter] = beginnings.toReversed();
  const looks = [whole ?? '', ...shorter.filter((kana) => kana.length >= SHORTEST)];
  for (const kana of looks.slice(0, MOST_LOOKS)) {
    const found = kana === '' ? [] : await inOrder(database, partOfKana(kana), limit);
    if (found.length > 0) return found;
  }
  return [];
}

/** A pattern first: it costs less than to change each row. */
function partOfKana(kana: string): RawBuilder<unknown> {
  const pattern = kana.replace(MAYBE_SMALL, '_');
  return sql`
    select corporation_id from corporation_search_keys k
    where k.key like ${`%${pattern}%`} and strpos(translate(k.key, ${SMALL}, ${LARGE}), translate(${kana}, ${SMALL}, ${LARGE})) > 0`;
}
