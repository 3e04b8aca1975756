import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { tables } from '../database/tables.js';
import type { LineProblem } from '../web/csv/csv-rows.js';
import { say } from '../web/sentence.js';
import { inBatches } from './in-batches.js';
import type { MasterDataCompany } from './master-data.js';

/**
 * A spreadsheet takes leading zeros off, and people write them anew: a company that is new but for
 * them is one that is there.
 * @param added the numbers of new companies, which are written already
 */
export async function leadingZeroProblems(
  em: EntityManager,
  added: string[],
  companies: MasterDataCompany[],
): Promise<LineProblem[]> {
  const found = await inBatches(added, async (batch) => {
    const { rows } = await sql<{ number: string; other: string }>`
      select n.corporate_number as number, min(c.corporate_number) as other
      from corporations n
      join corporations c on ltrim(c.corporate_number, '0') = ltrim(n.corporate_number, '0')
        and c.corporate_number <> n.corporate_number
      where n.corporate_number = any(${batch}::text[])
      group by n.corporate_number`.execute(tables(em));
    return rows;
  });
  if (found.length === 0) return [];
  const lines = new Map(companies.map(({ corporateNumber, line }) => [corporateNumber, line]));
  const problems = found.map(({ number, other }) => ({
    line: lines.get(number)!,
    sentence: say(
      '法人番号{number}は、{other}と先頭の0だけが違います。表計算ソフトで0が消えたり増えたりしていないか、ご確認ください。',
      { number, other },
    ),
  }));
  return problems.toSorted((one, another) => one.line - another.line);
}
