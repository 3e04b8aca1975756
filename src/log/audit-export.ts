import { Injectable } from '@nestjs/common';
import { Pool, type PoolClient } from 'pg';
import { WITHOUT_LIMIT } from '../database/silence.js';
import { csvLine } from '../web/csv/csv-line.js';
import type { Language } from '../web/texts.js';
import { NAMED_ONLY, type NamedEntry } from './lines/named-entries.js';
import { logLine } from './lines/log-line.js';

interface ExportScope {
  corporationId?: string | undefined;
  /** From this moment on. */
  since?: Date | undefined;
  /** Before this moment. */
  until?: Date | undefined;
  /** The language in which each row also says who did what, and how it ended. */
  words?: Language | undefined;
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

type WordedEntry = ExportedEntry & Record<(typeof WORDS)[number], string>;

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

const WORDS = ['who', 'what', 'result'] as const;

const ROWS_AT_ONCE = 2_000;

/** The beginnings and ends of the log's tables, with the rest that has no end. */
const MONTHS = `
  select lag(ends_at, 1, '-infinity') over (order by ends_at)::text as begins,
         coalesce(ends_at, 'infinity')::text as ends
  from audit_partitions order by ends_at`;

/** @param isNamed with the names that words need, which takes longer */
const entriesOf = (isNamed: boolean) => `
  declare entries no scroll cursor for
  select e.id, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
         c.corporate_number as "corporateNumber", e.account_id as "accountId",
         nullif(a.login_id, '') as "loginId", e.act, e.reason, host(e.address) as address,
         e.request_id as "requestId", e.facts${isNamed ? `, ${NAMED_ONLY}` : ''}
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
    const { words } = scope;
    const titles = [...COLUMNS, 'facts', ...(words ? WORDS : [])];
    if (format === 'csv') yield `\uFEFF${csvLine(titles)}`;
    const line = format === 'csv' ? csvOf : (entry: object) => `${JSON.stringify(entry)}\n`;
    for await (const entries of this.#pieces(scope))
      yield entries.map((entry) => line(words ? withWords(entry, words) : entry)).join('');
  }

  async *#pieces(scope: ExportScope): AsyncGenerator<ExportedEntry[]> {
    const { corporationId, since, until, words } = scope;
    const { rows: months } = await this.pool.query<{ begins: string; ends: string }>(MONTHS);
    for (const { begins, ends } of months) {
      const client = await this.pool.connect();
      const bounds = [begins, ends, since, until, corporationId];
      let isRead = false;
      try {
        yield* piecesOf(client, entriesOf(words !== undefined), bounds);
        isRead = true;
      } finally {
        client.release(!isRead);
      }
    }
  }
}

/** A reader may be slow: nothing of it is timed, and it holds nothing but its own month. */
async function* piecesOf(
  client: PoolClient,
  entries: string,
  bounds: unknown[],
): AsyncGenerator<ExportedEntry[]> {
  await client.query('begin read only');
  await client.query(WITHOUT_LIMIT);
  await client.query('set local idle_in_transaction_session_timeout = 0');
  await client.query(entries, bounds);
  for (;;) {
    const { rows } = await client.query<ExportedEntry>(`fetch ${ROWS_AT_ONCE} from entries`);
    if (rows.length > 0) yield rows;
    if (rows.length < ROWS_AT_ONCE) break;
  }
  await client.query('commit');
}

/** The names that the words are made of do not stand beside them. */
function withWords(entry: ExportedEntry, language: Language): WordedEntry {
  const { who, what, result, why } = logLine(entry as ExportedEntry & NamedEntry, language);
  const told = { who, what, result: [result, why].filter(Boolean).join(' / ') };
  const plain = Object.fromEntries(
    ([...COLUMNS, 'facts'] as const).map((name) => [name, entry[name]]),
  );
  return { ...(plain as unknown as ExportedEntry), ...told };
}

function csvOf(entry: ExportedEntry & Partial<WordedEntry>): string {
  const words = WORDS.flatMap((name) => entry[name] ?? []);
  const cells = COLUMNS.map((column) => entry[column]);
  return csvLine([...cells, JSON.stringify(entry.facts), ...words]);
}
