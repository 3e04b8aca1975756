import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { tables } from '../database/tables.js';
import type { LineProblem } from '../web/csv/csv-rows.js';
import { say } from '../web/sentence.js';
import { inBatches } from './in-batches.js';
import type { MasterDataCompany } from './master-data.js';

/** A table drops the zeros in front of a number, and a person puts one there. */
export function withoutZeros(number: string): string {
  return number.replace(/^0+(?=\d)/, '');
}

/** The number with as many zeros in front as there can be. */
export function withAnyZeros(number: string): string[] {
  const bare = withoutZeros(number);
  const lengths = Array.from({ length: 14 - bare.length }, (_, more) => bare.length + more);
  return lengths.map((length) => bare.padStart(length, '0'));
}

/**
 * A spreadsheet takes leading zeros off, and people write them anew: a company that is new but for
 * them is one that is there. Each number that there could be is looked up by the index.
 * @param added the numbers of new companies, which are written already
 */
export async function leadingZeroProblems(
  em: EntityManager,
  added: string[],
  companies: MasterDataCompany[],
): Promise<LineProblem[]> {
  const others = new Map<string, string>();
  await inBatches(added, async (batch) => {
    const alike = batch.flatMap((number) =>
      withAnyZeros(number)
        .filter((other) => other !== number)
        .map((other) => ({ number, other })),
    );
    const { rows } = await sql<{ number: string; other: string }>`
      select n.number, c.corporate_number as other
      from json_to_recordset(${JSON.stringify(alike)}) as n (number text, other text)
      cross join lateral (
        select corporate_number from corporations where corporate_number = n.other limit 1) c
      order by other desc`.execute(tables(em));
    for (const { number, other } of rows) others.set(number, other);
    return [];
  });
  const lines = new Map(companies.map(({ corporateNumber, line }) => [corporateNumber, line]));
  const problems = [...others].map(([number, other]) => ({
    line: lines.get(number)!,
    sentence: say(
      '法人番号{number}は、{other}と先頭の0だけが違います。表計算ソフトで0が消えたり増えたりしていないか、ご確認ください。',
      { number, other },
    ),
  }));
  return problems.toSorted((one, another) => one.line - another.line);
}
