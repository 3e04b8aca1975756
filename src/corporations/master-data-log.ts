import type { EntityManager } from '@mikro-orm/postgresql';
import type { Audit } from '../audit/audit.js';
import { tables } from '../database/tables.js';
import type { ImportOptions } from './import-options.js';
import { inBatches } from './in-batches.js';
import { fieldsChanged, touchedCompanies, type MasterDataReport } from './master-data-report.js';

/** A row in the log of each company that was there and is changed, with what changed but no values. */
export async function logChangedCompanies(
  em: EntityManager,
  audit: Audit,
  report: MasterDataReport,
  by: ImportOptions<never>['by'],
): Promise<void> {
  const changed = fieldsChanged(report);
  await inBatches(touchedCompanies(report), async (batch) => {
    const found = await tables(em)
      .selectFrom('corporations')
      .where('corporate_number', 'in', batch)
      .select(['id', 'corporate_number as number'])
      .execute();
    const rows = found.map(({ id, number }) => ({
      corporationId: id,
      facts: { ...(by && { operator: by.operator }), fields: changed.get(number)!.join(',') },
    }));
    await audit.doneForCompanies('master-data-change', by?.visit, rows);
    return [];
  });
}
