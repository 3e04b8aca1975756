import { sql, type RawBuilder } from 'kysely';
import type { tables } from '../../database/tables.js';
import { cleanDigits } from '../../web/forms/fields.js';
import { withAnyZeros } from './leading-zeros.js';
import type { TypedQuery } from './typed-query.js';
import { isPartOfKey } from './ways-to-find.js';

/** Banks write ョ as ヨ: what may be a small kana is any one, until the rows that are left are judged. */
const MAYBE_SMALL =
  /(?<=[キシチニヒミリギジビピ])[ヤユヨ]|(?<=.)ツ|(?<=フ)[アイエオ]|(?<=[テデ])[イユ]|(?<=[シチジ])エ|(?<=ウ)[イエオ]/gu;
const SMALL = 'ァィゥェォャュョッヮ';
const LARGE = 'アイウエオヤユヨツワ';
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
  const numbers = (words ?? []).map(cleanDigits).filter((word) => /^\d{1,13}$/.test(word));
  const others = (words ?? []).filter((word) => !numbers.includes(cleanDigits(word)));
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
  const asOfBanks = found.length === 0 && partOfKana(name);
  return asOfBanks ? inOrder(database, asOfBanks, limit) : found;
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

/** Undefined where no kana may be a small one. A pattern first: it costs less than to change each row. */
function partOfKana(name: string): RawBuilder<unknown> | undefined {
  const kana = KANA.test(name) ? name.replace(/[\s・]/g, '') : '';
  const pattern = kana.replace(MAYBE_SMALL, '_');
  if (pattern === kana) return undefined;
  return sql`
    select corporation_id from corporation_search_keys k
    where k.key like ${`%${pattern}%`} and strpos(translate(k.key, ${SMALL}, ${LARGE}), ${kana}) > 0`;
}
