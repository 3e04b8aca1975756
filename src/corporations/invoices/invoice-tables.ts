import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { tables } from '../../database/tables.js';
import type { LineProblem } from '../../web/csv/csv-rows.js';
import { say } from '../../web/sentence.js';

/** Rows that one statement puts down, and about how many companies' rows one ranks. */
export const BATCH_OF_INVOICES = 1_000;
const ROWS_OF_A_SLICE = 5_000;

/** Digests are in hexadecimal; a former one is there while a key is exchanged. */
export interface GivenInvoice {
  line: number;
  corporateNumber: string;
  isNumbered: boolean;
  digest: string;
  formerDigest: string | undefined;
  issuedOn: string;
}

export interface InvoicesWritten {
  companies: number;
  added: number;
  /** Known already, and digested anew with the current key. */
  renewed: number;
  removed: number;
  changedCompanies: number;
}

/** Of one company. All else of an invoice is a proof. */
export interface InvoiceChange {
  corporateNumber: string;
  name: string;
  /** Days on which the invoices were issued, such as `2026-11-01`. */
  added: string[];
  removed: string[];
}

/** For the file's rows, until the caller's transaction ends: it may hold more than memory should. */
export async function makeRoom(em: EntityManager): Promise<void> {
  await sql`
    create temporary table given_invoices (
      line integer, corporate_number text, is_numbered boolean, digest bytea, former_digest bytea,
      issued_on date) on commit drop`.execute(tables(em));
}

export async function putDown(em: EntityManager, batch: GivenInvoice[]): Promise<void> {
  if (batch.length === 0) return;
  await sql`
    insert into given_invoices
    select line, "corporateNumber", "isNumbered", decode(digest, 'hex'),
           decode("formerDigest", 'hex'), "issuedOn"
    from json_to_recordset(${JSON.stringify(batch)})
      as given (line integer, "corporateNumber" text, "isNumbered" boolean, digest text,
                "formerDigest" text, "issuedOn" date)`.execute(tables(em));
}

/** Some of the companies with all their rows, so that no statement of a large file takes seconds. */
export interface Slice {
  slice: number;
  slices: number;
}

/** @param rows of the file */
export async function slicesOf(em: EntityManager, rows: number): Promise<Slice[]> {
  await sql`analyze given_invoices`.execute(tables(em));
  const slices = Math.ceil(rows / ROWS_OF_A_SLICE);
  return Array.from({ length: slices }, (_, slice) => ({ slice, slices }));
}

function isIn({ slice, slices }: Slice) {
  return sql<boolean>`mod(hashtext(g.corporate_number)::bigint + 2147483648, ${slices}::bigint) = ${slice}::bigint`;
}

/** What no row shows by itself: unknown companies, and one invoice number with several dates. */
export async function problemsAmong(em: EntityManager, slice: Slice): Promise<LineProblem[]> {
  const unknown = await sql<{ line: number; number: string }>`
    select line, corporate_number as number from given_invoices g
    where ${isIn(slice)}
      and not exists (select from corporations c where c.corporate_number = g.corporate_number)`.execute(
    tables(em),
  );
  const contradicting = await sql<{ line: number; first: number }>`
    select line, first from (
      select line, issued_on, first_value(line) over same as first,
             first_value(issued_on) over same as first_date
      from given_invoices g where is_numbered and ${isIn(slice)}
      window same as (partition by corporate_number, digest order by line)) invoice
    where issued_on <> first_date`.execute(tables(em));
  return [
    ...unknown.rows.map(({ line, number }) => ({
      line,
      sentence: say(
        '法人番号{number}の法人が登録されていません。先に法人の一覧を取り込んでください。',
        { number },
      ),
    })),
    ...contradicting.rows.map(({ line, first }) => ({
      line,
      sentence: say(
        '発行日が、同じ請求書番号の{first}行目と違います。どちらかにそろえてください。',
        {
          first,
        },
      ),
    })),
  ];
}

/**
 * Keeps the two last invoices of each company of the file, by their dates, and deletes its others.
 * Of several of one day the file's go before others, and its later lines before earlier ones. An
 * invoice number that comes with another date is the same invoice; equal amounts of two days are two.
 * @param mostChanges so many companies' changes are told one by one
 */
export async function keepNewest(
  em: EntityManager,
  slice: Slice,
  fingerprint: string,
  mostChanges: number,
): Promise<InvoicesWritten & { changes: InvoiceChange[] }> {
  const { rows } = await sql<InvoicesWritten & { changes: InvoiceChange[] }>`
    with given as (
      select distinct on (corporation_id, digest, day_of_unnumbered) * from (
        select c.id as corporation_id, g.line, g.is_numbered, g.digest, g.former_digest, g.issued_on,
               case when not g.is_numbered then g.issued_on end as day_of_unnumbered
        from given_invoices g join corporations c using (corporate_number)
        where ${isIn(slice)}) named
      order by corporation_id, digest, day_of_unnumbered, line desc),
    stored as (
      select i.corporation_id, i.digest, i.issued_on,
             count(g.digest) > 0 as is_known
      from invoices i
      left join given g
        on g.corporation_id = i.corporation_id and i.digest in (g.digest, g.former_digest)
          and (g.is_numbered or g.issued_on = i.issued_on)
      where i.corporation_id in (select corporation_id from given)
      group by i.corporation_id, i.digest, i.issued_on),
    ranked as (
      select *, row_number() over (
        partition by corporation_id order by issued_on desc, line desc, digest) as place
      from (
        select corporation_id, digest, issued_on, line from given
        union all
        select corporation_id, digest, issued_on, 0 from stored where not is_known) candidate),
    last as (select * from ranked where place <= 2),
    removed as (
      delete from invoices i using stored s
      where (i.corporation_id, i.digest, i.issued_on) = (s.corporation_id, s.digest, s.issued_on)
        and not exists (
          select from last l
          where (l.corporation_id, l.digest, l.issued_on) = (i.corporation_id, i.digest, i.issued_on))
      returning i.corporation_id, i.issued_on, exists (
        select from last l join given g using (corporation_id, line)
        where l.corporation_id = i.corporation_id
          and (g.former_digest, g.issued_on) = (i.digest, i.issued_on)) as is_renewed),
    added as (
      insert into invoices (corporation_id, issued_on, digest, secret_key)
      select corporation_id, issued_on, digest, ${fingerprint} from last where line > 0
      on conflict do nothing returning corporation_id, issued_on),
    changed as (
      select corporation_id from (
        select corporation_id, 1 as acts from added
        union all
        select corporation_id, case when is_renewed then -1 else 1 end from removed) act
      group by corporation_id having sum(acts) <> 0),
    added_days as (
      select corporation_id, array_agg(issued_on::text order by issued_on) as days from (
        select corporation_id, issued_on from added
        except all
        select corporation_id, issued_on from removed where is_renewed) new
      group by corporation_id),
    removed_days as (
      select corporation_id, array_agg(issued_on::text order by issued_on) as days
      from removed where not is_renewed group by corporation_id),
    change as (
      select c.corporate_number as "corporateNumber", c.name,
             coalesce(a.days, '{}') as added, coalesce(r.days, '{}') as removed
      from changed join corporations c on c.id = changed.corporation_id
      left join added_days a using (corporation_id)
      left join removed_days r using (corporation_id)
      order by c.corporate_number limit ${mostChanges})
    select (select count(distinct corporation_id) from given)::int as companies,
           (select count(*) from removed where is_renewed)::int as renewed,
           (select count(*) from removed where not is_renewed)::int as removed,
           (select count(*) from added)::int as added,
           (select count(*) from changed)::int as "changedCompanies",
           (select coalesce(json_agg(change), '[]') from change) as changes`.execute(tables(em));
  const [{ added, renewed, ...counts }] = rows as [InvoicesWritten & { changes: InvoiceChange[] }];
  return { ...counts, renewed, added: added - renewed };
}
