import { Injectable } from '@nestjs/common';
import { Pool, type PoolClient } from 'pg';
import { csvLine } from '../web/csv/csv-line.js';

export interface ExportScope {
  corporationId?: string | undefined;
  /** From this moment on. */
  since?: Date | undefined;
  /** Before this moment. */
  until?: Date | undefined;
}

export type ExportFormat = 'ndjson' | 'csv';

/** As the file has it; numbers and times are text, and facts an object. */
interface ExportedEntry {
  id: string;
  at: string;
  corporateNumber: string | null;
  accountId: string | null;
  loginId: string | null;
  act: string;
  reason: string;
  address: string | null;
  requestId: string | null;
  facts: object;
}

const COLUMNS = [
  'id',
  'at',
  'corporateNumber',
  'accountId',
  'loginId',
  'act',
  'reason',
  'address',
  'requestId',
] as const satisfies (keyof ExportedEntry)[];

const ROWS_AT_ONCE = 2_000;

/** The beginnings and ends of the log's tables, with the rest that has no end. */
const MONTHS = `
  select lag(ends_at, 1, '-infinity') over (order by ends_at)::text as begins,
         coalesce(ends_at, 'infinity')::text as ends
  from audit_partitions order by ends_at`;

const ENTRIES = `
  declare entries no scroll cursor for
  select e.id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
         c.corporate_number as "corporateNumber", e.account_id as "accountId",
         nullif(a.login_id, '') as "loginId", e.act, e.reason, host(e.address) as address,
         e.request_id as "requestId", e.facts
  from audit_entries e
  left join corporations c on c.id = e.corporation_id
  left join accounts a on a.id = e.account_id
  where e.at >= $1 and e.at < $2 and ($3::timestamptz is null or e.at >= $3)
    and ($4::timestamptz is null or e.at < $4) and ($5::uuid is null or e.corporation_id = $5)
  order by e.at, e.id`;

/**
 * The log as a file, the oldest rows first. It is read month by month and a piece at a time, so that
 * neither side holds more than a piece, and no transaction lasts longer than a month's rows.
 */
@Injectable()
export class AuditExport {
  constructor(private readonly pool: Pool) {}

  /** Pieces of text: one JSON object a line, or CSV with a byte order mark for spreadsheets. */
  async *text(scope: ExportScope, format: ExportFormat): AsyncGenerator<string> {
    if (format === 'csv') yield `\uFEFF${csvLine([...COLUMNS, 'facts'])}`;
    const line = format === 'csv' ? csvOf : (entry: object) => `${JSON.stringify(entry)}\n`;
    for await (const entries of this.#pieces(scope)) yield entries.map(line).join('');
  }

  async *#pieces({ corporationId, since, until }: ExportScope): AsyncGenerator<ExportedEntry[]> {
    const { rows: months } = await this.pool.query<{ begins: string; ends: string }>(MONTHS);
    for (const { begins, ends } of months) {
      const client = await this.pool.connect();
      let isRead = false;
      try {
        yield* piecesOf(client, [begins, ends, since, until, corporationId]);
        isRead = true;
      } finally {
        client.release(!isRead);
      }
    }
  }
}

/** A reader may be slow: nothing of it is timed, and it holds nothing but its own month. */
async function* piecesOf(client: PoolClient, bounds: unknown[]): AsyncGenerator<ExportedEntry[]> {
  await client.query('begin read only');
  await client.query('set local statement_timeout = 0');
  await client.query('set local idle_in_transaction_session_timeout = 0');
  await client.query(ENTRIES, bounds);
  for (;;) {
    const { rows } = await client.query<ExportedEntry>(`fetch ${ROWS_AT_ONCE} from entries`);
    if (rows.length > 0) yield rows;
    if (rows.length < ROWS_AT_ONCE) break;
  }
  await client.query('commit');
}

function csvOf(entry: ExportedEntry): string {
  return csvLine([...COLUMNS.map((column) => entry[column]), JSON.stringify(entry.facts)]);
}
