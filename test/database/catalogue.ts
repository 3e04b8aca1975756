import type { Client } from 'pg';

/** Each line says one thing of the schema; where a column stands among the others says nothing. */
const DEFINITIONS = `
  select concat_ws(' ', 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
           case when a.attnotnull then 'not null' end, 'identity', a.attidentity,
           pg_get_expr(d.adbin, d.adrelid), l.collname) as line
  from pg_attribute a join pg_class c on c.oid = a.attrelid
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  left join pg_collation l on l.oid = a.attcollation
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v')
    and a.attnum > 0 and not a.attisdropped
  union all
  select concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid))
  from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n'
  union all
  select concat_ws(' ', 'index', indexdef) from pg_indexes where schemaname = 'public'
  union all
  select concat_ws(' ', 'sequence', sequencename, data_type, increment_by, cycle)
  from pg_sequences where schemaname = 'public'
  union all
  select concat_ws(' ', 'trigger', pg_get_triggerdef(oid)) from pg_trigger where not tgisinternal
    and tgrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)
  union all
  select concat_ws(' ', 'view', viewname, definition) from pg_views where schemaname = 'public'
  union all
  select concat_ws(' ', 'function', pg_get_functiondef(oid))
  from pg_proc where pronamespace = 'public'::regnamespace
  order by line`;

/** Everything that defines the schema, sorted. */
export async function schemaOf(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(DEFINITIONS);
  return rows.map(({ line }) => line);
}

export type Row = Record<string, unknown>;

/** All rows of all tables, by table, whole ones only, without those that migrations keep of themselves. */
export async function contentsOf(client: Client): Promise<Map<string, Row[]>> {
  const { rows: tables } = await client.query<{ tablename: string }>(
    `select relname as tablename from pg_class
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
       and relname <> 'genkan_migrations' order by relname`,
  );
  const contents = new Map<string, Row[]>();
  for (const { tablename } of tables) {
    const { rows } = await client.query<{ row: Row }>(
      `select to_jsonb(t) as row from ${client.escapeIdentifier(tablename)} t`,
    );
    contents.set(tablename, sorted(rows.map(({ row }) => row)));
  }
  return contents;
}

/** Rows that no longer have these columns, in an order of their own. */
export function without(rows: Row[], columns: string[]): Row[] {
  return sorted(
    rows.map((row) =>
      Object.fromEntries(Object.entries(row).filter(([name]) => !columns.includes(name))),
    ),
  );
}

function sorted(rows: Row[]): Row[] {
  return rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
