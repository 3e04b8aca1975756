import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from '../database/sql.js';
import type { MasterDataCompany } from './master-data.js';
import type { AccountWritten, CompanyWritten } from './master-data-report.js';
import type { TransferAccountDigest } from './transfer-account-digest.js';

/** Rows of one statement, which may take five seconds and takes a small part of one. */
const BATCH = 2_000;

/** Adds and changes companies, and returns those: rows that do not differ are not even locked. */
export async function writeCompanies(
  em: EntityManager,
  companies: MasterDataCompany[],
): Promise<CompanyWritten[]> {
  const given = companies.map(({ corporateNumber, name, nameKana, billingEmail }) => ({
    corporateNumber,
    name,
    nameKana,
    billingEmail,
  }));
  return inBatches<CompanyWritten>(
    em,
    given,
    `with given as (
       select * from json_to_recordset($1) as given ("corporateNumber" text, "name" text,
         "nameKana" text, "billingEmail" text)),
     differing as (
       select given.*, known.id as known_id, known.name as known_name,
              known.name_kana as known_kana, known.billing_email as known_email
       from given left join corporations known on known.corporate_number = given."corporateNumber"
       where known.id is null
          or (known.name, known.name_kana, known.billing_email)
             is distinct from (given."name", "nameKana", "billingEmail")),
     written as (
       insert into corporations (corporate_number, name, name_kana, billing_email)
       select "corporateNumber", "name", "nameKana", "billingEmail" from differing
       on conflict (corporate_number) do update
       set name = excluded.name, name_kana = excluded.name_kana,
           billing_email = excluded.billing_email, updated_at = genkan_now())
     select "corporateNumber",
            case when known_id is not null then json_build_object(
              'name', known_name, 'nameKana', known_kana, 'billingEmail', known_email) end as before,
            json_build_object('name', "name", 'nameKana', "nameKana", 'billingEmail', "billingEmail") as after
     from differing`,
  );
}

/** Adds the accounts that are not known yet, and returns them. */
export async function writeAccounts(
  em: EntityManager,
  companies: MasterDataCompany[],
  digest: TransferAccountDigest,
): Promise<AccountWritten[]> {
  const given = companies.flatMap(({ corporateNumber, transferAccountNumbers }) =>
    [...transferAccountNumbers].map((transferAccountNumber) => ({
      corporateNumber,
      digest: digest.of({ corporateNumber, transferAccountNumber }).toString('hex'),
      lastDigits: transferAccountNumber.slice(-3),
    })),
  );
  return inBatches<AccountWritten>(
    em,
    given,
    `with given as (
       select known.id, "corporateNumber", decode(digest, 'hex') as digest, "lastDigits"
       from json_to_recordset($1) as given ("corporateNumber" text, digest text, "lastDigits" text)
       join corporations known on known.corporate_number = given."corporateNumber"),
     written as (
       insert into transfer_accounts (corporation_id, digest, last_digits)
       select id, digest, "lastDigits" from given
       on conflict do nothing
       returning corporation_id, digest)
     select "corporateNumber", "lastDigits"
     from given join written on written.corporation_id = given.id and written.digest = given.digest`,
  );
}

async function inBatches<Row>(em: EntityManager, given: object[], text: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (let from = 0; from < given.length; from += BATCH)
    rows.push(...(await sql<Row>(em, text, [JSON.stringify(given.slice(from, from + BATCH))])));
  return rows;
}
