import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { tables } from '../database/tables.js';
import { inBatches } from './in-batches.js';
import type { MasterDataCompany } from './master-data.js';
import type { AccountWritten } from './master-data-report.js';
import type { InvoiceNumbers } from './numbers.js';
import type { TransferAccountDigest } from './transfer-account-digest.js';

/** Digests are in hexadecimal; a former one is there while a key is exchanged. */
type GivenAccount = Record<'corporateNumber' | 'digest' | 'lastDigits', string> & {
  formerDigest: string | undefined;
};

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

function givenAccounts(batch: GivenAccount[]) {
  return sql<GivenAccount>`json_to_recordset(${JSON.stringify(batch)})`.as<'given'>(
    sql`given ("corporateNumber" text, "digest" text, "lastDigits" text)`,
  );
}
