import { Client } from 'pg';
import type { Application } from './application.ts';
import type { Ask } from './connection.ts';
import type { Limit } from './limits.ts';
import { load } from './load.ts';
import type { Samples } from './samples.ts';

/** An application whose database is filled beforehand, for pages that must not grow with it. */
export interface Stage {
  application: Application;
  /** Of the application's database. */
  databaseUrl: string;
  select: Limit;
  /** How long a measurement lasts. */
  seconds: number;
}

/** Measures once more what was made ready, and tells the figures. */
export type Round = (samples: Samples) => Promise<void>;

/** The median milliseconds of one client's answers. */
export async function answerTime({ port }: { port: number }, ask: Ask, seconds: number) {
  const done = await load({ port, asks: [ask], clients: 1, seconds, status: 200 });
  return done.percentile(0.5);
}

/** Resolves to the rows of the last statement. */
export async function inDatabase<Row>(
  url: string,
  ...statements: [text: string, values?: unknown[]][]
): Promise<Row[]> {
  const client = new Client(url);
  await client.connect();
  try {
    let rows: unknown[] = [];
    for (const [text, values] of statements) ({ rows } = await client.query(text, values));
    return rows as Row[];
  } finally {
    await client.end();
  }
}

/** Bytes of all tables, and of all that was ever written ahead. */
export async function sizeOf(databaseUrl: string): Promise<{ tables: number; wal: number }> {
  const [size] = await inDatabase<{ tables: number; wal: number }>(databaseUrl, [
    `select (select sum(pg_total_relation_size(oid)) from pg_class
             where relkind = 'r' and relnamespace = 'public'::regnamespace)::float8 as tables,
            pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 as wal`,
  ]);
  return size!;
}
