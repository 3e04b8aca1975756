import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { sqlNow } from '../database/clock.js';
import { tables } from '../database/tables.js';
import { inBatches } from './in-batches.js';
import type { MasterDataCompany } from './master-data.js';
import type { CompanyWritten } from './master-data-report.js';

type GivenCompany = Omit<MasterDataCompany, 'transferAccountNumbers' | 'line'>;

/**
 * Adds companies, and returns them with those that are to be changed, in the order of the file:
 * nothing that was there before is locked.
 */
export async function addCompanies(
  em: EntityManager,
  companies: MasterDataCompany[],
): Promise<CompanyWritten[]> {
  return inBatches(companies, async (batch) => {
    const given = batch.map(({ corporateNumber, name, nameKana, billingEmail }) => ({
      corporateNumber,
      name,
      nameKana,
      billingEmail,
    }));
    const written = await addBatchOfCompanies(em, given);
    const places = new Map(batch.map(({ corporateNumber }, place) => [corporateNumber, place]));
    const placeOf = (row: (typeof written)[number]) => places.get(row.corporateNumber)!;
    const ordered = written.toSorted((one, other) => placeOf(one) - placeOf(other));
    return ordered.map(
      ({ corporateNumber, knownId, knownName, knownKana, knownEmail, ...after }) => ({
        corporateNumber,
        before:
          knownId === null
            ? null
            : { name: knownName!, nameKana: knownKana!, billingEmail: knownEmail },
        after,
      }),
    );
  });
}

function addBatchOfCompanies(em: EntityManager, batch: GivenCompany[]) {
  return tables(em)
    .with('given', (db) => db.selectFrom(givenCompanies(batch)).selectAll())
    .with('differing', (db) =>
      db
        .selectFrom('given')
        .leftJoin('corporations as known', 'known.corporate_number', 'given.corporateNumber')
        .selectAll('given')
        .select(['known.id as knownId', 'known.name as knownName'])
        .select(['known.name_kana as knownKana', 'known.billing_email as knownEmail'])
        .where(({ eb, or, ref }) =>
          or([
            eb('known.id', 'is', null),
            eb('known.name', 'is distinct from', ref('given.name')),
            eb('known.name_kana', 'is distinct from', ref('given.nameKana')),
            eb('known.billing_email', 'is distinct from', ref('given.billingEmail')),
          ]),
        ),
    )
    .with('added', (db) =>
      db
        .insertInto('corporations')
        .columns(['corporate_number', 'name', 'name_kana', 'billing_email'])
        .expression((eb) =>
          eb
            .selectFrom('differing')
            .select(['corporateNumber', 'name', 'nameKana', 'billingEmail'])
            .where('knownId', 'is', null),
        ),
    )
    .selectFrom('differing')
    .selectAll()
    .execute();
}

/** The last step of an import, because whoever acts in a changed company waits for its end. */
export async function changeCompanies(
  em: EntityManager,
  companies: CompanyWritten[],
): Promise<void> {
  await inBatches(companies, async (batch) => {
    const given = batch.map(({ corporateNumber, after }) => ({ corporateNumber, ...after }));
    await tables(em)
      .updateTable('corporations as c')
      .from(givenCompanies(given))
      .set(({ ref }) => ({
        name: ref('given.name'),
        name_kana: ref('given.nameKana'),
        billing_email: ref('given.billingEmail'),
        updated_at: sqlNow,
      }))
      .whereRef('c.corporate_number', '=', 'given.corporateNumber')
      .execute();
    return [];
  });
}

function givenCompanies(batch: GivenCompany[]) {
  return sql<GivenCompany>`json_to_recordset(${JSON.stringify(batch)})`.as<'given'>(
    sql`given ("corporateNumber" text, "name" text, "nameKana" text, "billingEmail" text)`,
  );
}
