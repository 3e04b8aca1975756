import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { sqlNow } from '../database/clock.js';
import { tables } from '../database/tables.js';
import type { MasterDataCompany } from './master-data.js';
import type { InvoiceNumbers } from './numbers.js';
import type { AccountWritten, CompanyWritten } from './master-data-report.js';
import type { TransferAccountDigest } from './transfer-account-digest.js';

/** Rows of one statement, which may take four seconds and takes a small part of one. */
const BATCH = 1_000;

type GivenCompany = Omit<MasterDataCompany, 'transferAccountNumbers'>;

/** Digests are in hexadecimal; a former one is there while a key is exchanged. */
type GivenAccount = Record<'corporateNumber' | 'digest' | 'lastDigits', string> & {
  formerDigest: string | undefined;
};

/**
 * Adds companies, and returns them with those that are to be changed: nothing that was there before
 * is locked.
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
    return written.map(
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

export async function writeAccounts(
  em: EntityManager,
  companies: MasterDataCompany[],
  digest: TransferAccountDigest,
): Promise<AccountWritten[]> {
  const numbers = companies.flatMap(({ corporateNumber, transferAccountNumbers }) =>
    [...transferAccountNumbers].map((number) => ({
      corporateNumber,
      transferAccountNumber: number,
    })),
  );
  return inBatches(numbers, async (some) => {
    const batch = some.map((each) => givenAccount(each, digest));
    if (batch[0]?.formerDigest) await renewBatchOfAccounts(em, batch, digest.keyFingerprint);
    return writeBatchOfAccounts(em, batch, digest.keyFingerprint);
  });
}

function givenAccount(numbers: InvoiceNumbers, digest: TransferAccountDigest): GivenAccount {
  const [current, former] = digest.all(numbers).map((one) => one.toString('hex'));
  const { corporateNumber, transferAccountNumber } = numbers;
  const lastDigits = transferAccountNumber.slice(-3);
  return { corporateNumber, digest: current!, formerDigest: former, lastDigits };
}

/** Accounts that the former key digested get the digest of the current one. */
async function renewBatchOfAccounts(
  em: EntityManager,
  batch: GivenAccount[],
  fingerprint: string,
): Promise<void> {
  await sql`
    update transfer_accounts t
    set digest = decode(given.digest, 'hex'), secret_key = ${fingerprint}
    from json_to_recordset(${JSON.stringify(batch)})
           as given ("corporateNumber" text, digest text, "formerDigest" text)
    join corporations c on c.corporate_number = given."corporateNumber"
    where t.corporation_id = c.id and t.digest = decode(given."formerDigest", 'hex')
      and not exists (
        select from transfer_accounts known
        where known.corporation_id = c.id and known.digest = decode(given.digest, 'hex'))`.execute(
    tables(em),
  );
}

function writeBatchOfAccounts(em: EntityManager, batch: GivenAccount[], fingerprint: string) {
  return tables(em)
    .with('given', (db) =>
      db
        .selectFrom(givenAccounts(batch))
        .innerJoin('corporations as known', 'known.corporate_number', 'given.corporateNumber')
        .select(['known.id', 'known.name', 'given.corporateNumber', 'given.lastDigits'])
        .select(sql<Buffer>`decode(${sql.ref('given.digest')}, 'hex')`.as('digest')),
    )
    .with('written', (db) =>
      db
        .insertInto('transfer_accounts')
        .columns(['corporation_id', 'digest', 'last_digits', 'secret_key'])
        .expression((eb) =>
          eb
            .selectFrom('given')
            .select(['id', 'digest', 'lastDigits', sql<string>`${fingerprint}`.as('secretKey')]),
        )
        .onConflict((known) => known.doNothing())
        .returning(['corporation_id', 'digest']),
    )
    .selectFrom('given')
    .innerJoin('written', (both) =>
      both
        .onRef('written.corporation_id', '=', 'given.id')
        .onRef('written.digest', '=', 'given.digest'),
    )
    .select(['given.corporateNumber', 'given.name', 'given.lastDigits'])
    .execute();
}

function givenCompanies(batch: GivenCompany[]) {
  return sql<GivenCompany>`json_to_recordset(${JSON.stringify(batch)})`.as<'given'>(
    sql`given ("corporateNumber" text, "name" text, "nameKana" text, "billingEmail" text)`,
  );
}

function givenAccounts(batch: GivenAccount[]) {
  return sql<GivenAccount>`json_to_recordset(${JSON.stringify(batch)})`.as<'given'>(
    sql`given ("corporateNumber" text, "digest" text, "lastDigits" text)`,
  );
}

async function inBatches<Given, Written>(
  given: Given[],
  write: (batch: Given[]) => Promise<Written[]>,
): Promise<Written[]> {
  const written: Written[] = [];
  for (let from = 0; from < given.length; from += BATCH)
    written.push(...(await write(given.slice(from, from + BATCH))));
  return written;
}
