import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { tables } from '../../database/tables.js';

const ID_BYTES = 8;
const MARK_BYTES = ID_BYTES + 16;

/** No statement may take as long as a silent server. */
const ROWS_AT_ONCE = 2_000;

/** Where a piece ended, to the microsecond. */
interface Place {
  at: string;
  id: string;
}

/** The marks of the rows from one moment to before another, in the caller's transaction. The columns are named, so that a new one changes no mark. */
export async function rowMarksOf(em: EntityManager, begins: Date, ends: Date): Promise<Buffer> {
  const pieces: Buffer[] = [];
  // A month without statistics would be sorted anew for each piece, where its index has the order.
  await em.execute('set local enable_sort = off; set local enable_bitmapscan = off');
  for (let last: Place | undefined; ;) {
    const before: Place = last ?? { at: begins.toISOString(), id: '0' };
    const { rows } = await sql<Place & { mark: Buffer }>`
      select id, at::text, int8send(id) || substring(sha256(convert_to(jsonb_build_array(
               id, (extract(epoch from at) * 1000000)::bigint, corporation_id, account_id, act,
               reason, address, request_id, facts)::text, 'UTF8')) for 16) as mark
      from audit_entries
      where at >= ${begins} and at < ${ends}
        and (at, id) > (${before.at}::timestamptz, ${before.id}::bigint)
      order by at, id limit ${ROWS_AT_ONCE}`.execute(tables(em));
    pieces.push(...rows.map(({ mark }) => mark));
    if (rows.length < ROWS_AT_ONCE) return Buffer.concat(pieces);
    last = rows.at(-1);
  }
}

export interface MarkDifference {
  changed: string[];
  missing: string[];
  added: string[];
}

/** Ids of rows that are not as they were. */
export function differenceOf(sealed: Buffer, found: Buffer): MarkDifference {
  const [before, now] = [byId(sealed), byId(found)];
  return {
    changed: [...before.keys()].filter((id) => now.has(id) && now.get(id) !== before.get(id)),
    missing: [...before.keys()].filter((id) => !now.has(id)),
    added: [...now.keys()].filter((id) => !before.has(id)),
  };
}

export function countOfMarks(marks: Buffer): number {
  return marks.length / MARK_BYTES;
}

function byId(marks: Buffer): Map<string, string> {
  const found = new Map<string, string>();
  for (let at = 0; at < marks.length; at += MARK_BYTES) {
    const digest = marks.toString('hex', at + ID_BYTES, at + MARK_BYTES);
    found.set(String(marks.readBigInt64BE(at)), digest);
  }
  return found;
}
