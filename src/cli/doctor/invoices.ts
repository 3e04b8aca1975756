import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Config } from '../../config.js';
import { sqlNow } from '../../database/clock.js';
import { tables } from '../../database/tables.js';
import { finder, findingsOf, type Finding } from './finding.js';

const { ok, warn, fail } = finder('invoices');

/** A monthly import, and some days of grace. */
const OLD_AFTER_DAYS = 45;

interface Filed {
  active: number;
  filed: number;
  ageDays: number | null;
}

/** Where the newest invoice is asked, nobody registers at a company that has none on file. */
export async function invoicesFindings(
  em: EntityManager,
  { enrollmentProof }: Config,
): Promise<Finding[]> {
  if (enrollmentProof !== 'invoice') return [];
  const { active, filed, ageDays } = await filedIn(em);
  if (ageDays === null)
    return [
      fail(
        'ENROLLMENT_PROOF=invoice ですが、請求書が登録されていません。どの法人も登録や引き継ぎができません。「genkan import-invoices」で取り込んでください。',
      ),
    ];
  const found = findingsOf(
    ageDays > OLD_AFTER_DAYS &&
      warn(
        'いちばん新しい請求書は{ageDays}日前のものです。今月分を「genkan import-invoices」で取り込んでください。',
        { ageDays },
      ),
    filed < active &&
      warn(
        '契約中の{active}法人のうち{missing}法人の請求書が登録されていません。その法人の登録や引き継ぎは、取り込むまでできません。',
        { active, missing: active - filed },
      ),
  );
  return found.length > 0
    ? found
    : [ok('契約中の全{active}法人の請求書が登録されています。', { active })];
}

async function filedIn(em: EntityManager): Promise<Filed> {
  const { rows } = await sql<Filed>`
    select count(*)::int as active,
           count(newest)::int as filed,
           (${sqlNow} at time zone 'Asia/Tokyo')::date - max(newest) as "ageDays"
    from corporations c
    left join (select corporation_id, max(issued_on) as newest from invoices group by 1) i
      on i.corporation_id = c.id
    where c.state = 'active'`.execute(tables(em));
  return rows[0]!;
}
