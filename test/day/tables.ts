import type { Pool } from 'pg';

/** One table, the parts of a partitioned one together. */
export interface Size {
  name: string;
  rows: number;
  dead: number;
  bytes: number;
  updates: number;
  hot: number;
}

const SIZES = `
  select coalesce(parent.relname, t.relname) as name,
         sum(s.n_live_tup)::float8 as rows, sum(s.n_dead_tup)::float8 as dead,
         sum(pg_total_relation_size(t.oid))::float8 as bytes,
         sum(s.n_tup_upd)::float8 as updates, sum(s.n_tup_hot_upd)::float8 as hot
  from pg_class t
  join pg_stat_user_tables s on s.relid = t.oid
  left join pg_inherits i on i.inhrelid = t.oid
  left join pg_class parent on parent.oid = i.inhparent
  where s.schemaname in ('public', 'graphile_worker')
  group by 1`;

/** Statistics of other connections arrive late. */
const LATE_MS = 1_500;

export async function sizesOf(pool: Pool): Promise<Map<string, Size>> {
  await pool.query('analyze');
  await new Promise((resolve) => setTimeout(resolve, LATE_MS));
  await pool.query('select pg_stat_clear_snapshot()');
  const { rows } = await pool.query<Size>(SIZES);
  return new Map(rows.map((size) => [size.name, size]));
}

const TITLES = ['table', 'rows before', 'after', 'dead', 'KiB before', 'after', 'grown', 'B a row'];

/** The tables that something happened to, those that grew most first. */
export function tableOf(before: Map<string, Size>, after: Map<string, Size>): string {
  const touched = [...after.values()]
    .map((size) => ({ size, was: before.get(size.name) ?? NOTHING }))
    .filter(({ size, was }) => size.bytes !== was.bytes || size.updates !== was.updates)
    .toSorted((one, other) => grown(other) - grown(one));
  const all = {
    size: touched.map(({ size }) => size).reduce(sum, { ...NOTHING, name: 'together' }),
    was: touched.map(({ was }) => was).reduce(sum, NOTHING),
  };
  const lines = [[...TITLES, 'updates', 'HOT'], ...[...touched, all].map(cellsOf)];
  const widths = lines[0]!.map((_, column) =>
    Math.max(...lines.map((line) => line[column]!.length)),
  );
  return lines.map((line) => line.map((cell, at) => pad(cell, at, widths)).join('  ')).join('\n');
}

const NOTHING: Size = { name: '', rows: 0, dead: 0, bytes: 0, updates: 0, hot: 0 };

interface Change {
  size: Size;
  was: Size;
}

function grown({ size, was }: Change): number {
  return size.bytes - was.bytes;
}

function sum(total: Size, one: Size): Size {
  const { name } = total;
  const [rows, dead, bytes] = [
    total.rows + one.rows,
    total.dead + one.dead,
    total.bytes + one.bytes,
  ];
  return {
    name,
    rows,
    dead,
    bytes,
    updates: total.updates + one.updates,
    hot: total.hot + one.hot,
  };
}

function cellsOf(change: Change): string[] {
  const { size, was } = change;
  const updates = size.updates - was.updates;
  const added = size.rows - was.rows;
  return [
    size.name,
    number(was.rows),
    number(size.rows),
    number(size.dead),
    number(was.bytes / 1024),
    number(size.bytes / 1024),
    number(grown(change) / 1024),
    added > 0 && grown(change) > 0 ? number(grown(change) / added) : '-',
    number(updates),
    updates > 0 ? `${Math.round((100 * (size.hot - was.hot)) / updates)} %` : '-',
  ];
}

function pad(cell: string, column: number, widths: number[]): string {
  return column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!);
}

function number(value: number): string {
  return Math.round(value).toLocaleString('en');
}
