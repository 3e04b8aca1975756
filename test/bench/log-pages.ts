/** Pages of a company's log of 1,000 rows and of many, by the time of their statements. */
import { Kysely, PostgresDialect } from 'kysely';
import { Pool } from 'pg';
import type { Tables } from '../../src/database/tables.ts';
import type { LogCriteria } from '../../src/log/query/log-criteria.ts';
import type { LogPosition } from '../../src/log/query/log-position.ts';
import type { findRows } from '../../src/log/query/find-rows.ts';
import { addCompany } from './company.ts';
import { cpuOf } from './processes.ts';
import { inDatabase } from './stage.ts';
import type { Samples } from './samples.ts';

type Find = typeof findRows;

const SMALL = 1_000;
const PEOPLE = 1_000;
const MONTHS = 36;
const PAGE = 30;
const RUNS = 200;
const ROUNDS = 3;

/** So that a table for each month is there behind it. */
const MOVED_CLOCK = `
  create or replace function genkan_now() returns timestamptz language sql stable as
  $$ select now() + interval '${MONTHS} months' $$`;
const SIZE = `
  select sum(pg_total_relation_size(inhrelid))::float8 as bytes,
         sum(pg_indexes_size(inhrelid))::float8 as indexes
  from pg_inherits where inhparent = 'audit_entries'::regclass`;

/** Three of each moment; four of five are logins, one of 100,000 is of the rarest kind. */
const ROWS = `
  insert into audit_entries (at, corporation_id, account_id, act, reason, address, request_id, facts)
  select genkan_now() - (n / 3) * 3 * interval '35 months' / $2::int, $1,
         people.ids[1 + (n * 7919::bigint) % array_length(people.ids, 1)],
         case when n % 100000 = 77 then 'corporation-opening' when n % 5 > 0 then 'sign-in'
              when n % 10 = 0 then 'sign-out' else 'account-change' end,
         case when n % 17 = 0 then 'password-wrong' else 'done' end,
         format('10.%s.%s.1', n % 5000 / 250, n % 250)::inet, 'r' || n,
         '{"browser": "Chrome", "system": "Windows"}'
  from generate_series($3::int, $4::int) n,
       (select array_agg(id) as ids from accounts where corporation_id = $1) people`;
const CHUNK = 500_000;

const VIEWS = ['First', 'Deep', 'Person', 'Rare', 'Address', 'Days', 'Both'] as const;

/** @param databaseUrl of an empty database */
export async function measureLog(
  databaseUrl: string,
  samples: Samples,
  rows: number,
): Promise<void> {
  const { migrate } = await built<{ migrate(url: string): Promise<void> }>('database/migrate');
  await migrate(databaseUrl);
  const started = performance.now();
  await inDatabase(databaseUrl, [MOVED_CLOCK], ['select create_audit_partitions(1)']);
  const small = await addCompany(databaseUrl, PEOPLE);
  const large = await addCompany(databaseUrl, PEOPLE + 1);
  await fill(databaseUrl, [small.id, SMALL], [large.id, rows]);
  const [size] = await inDatabase<{ bytes: number; indexes: number }>(databaseUrl, [SIZE]);
  samples.add({
    logRows: rows,
    logFilled: (performance.now() - started) / 1000,
    logRowBytes: size!.bytes / rows,
    logIndexBytes: size!.indexes / rows,
  });
  for (let round = 0; round < ROUNDS; round += 1)
    await measureViews(databaseUrl, samples, small.id, large.id);
}

async function measureViews(
  databaseUrl: string,
  samples: Samples,
  small: string,
  large: string,
): Promise<void> {
  const { findRows } = await built<{ findRows: Find }>('log/query/find-rows');
  for (const view of VIEWS) {
    const atSmall = await timesOf(databaseUrl, findRows, small, view);
    const atLarge = await timesOf(databaseUrl, findRows, large, view);
    samples.add({
      [`log${view}Small`]: atSmall.p50,
      [`log${view}Large`]: atLarge.p50,
      [`log${view}Ratio`]: atLarge.p50 / atSmall.p50,
      [`log${view}SmallCpu`]: atSmall.cpu,
      [`log${view}LargeCpu`]: atLarge.cpu,
    });
  }
}

async function built<Module>(path: string): Promise<Module> {
  return (await import(new URL(`../../dist/src/${path}.js`, import.meta.url).href)) as Module;
}

/** Indexes are made at the end, which takes a part of the time. */
async function fill(
  databaseUrl: string,
  ...companies: [id: string, rows: number][]
): Promise<void> {
  const made = await inDatabase<{ name: string; definition: string }>(databaseUrl, [
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
     from pg_index where indrelid = 'audit_entries'::regclass`,
  ]);
  await inDatabase(databaseUrl, [`drop index ${made.map(({ name }) => name).join()}`]);
  for (const [id, rows] of companies)
    for (let from = 1; from <= rows; from += CHUNK)
      await inDatabase(databaseUrl, [ROWS, [id, rows, from, Math.min(rows, from + CHUNK - 1)]]);
  for (const { definition } of made)
    await inDatabase(databaseUrl, [definition.replace(' ON ONLY ', ' ON ')]);
  await inDatabase(databaseUrl, ['vacuum analyze']);
}

/** Milliseconds of a page's statements, each time of other people, days or places. */
async function timesOf(
  databaseUrl: string,
  find: Find,
  corporationId: string,
  view: (typeof VIEWS)[number],
): Promise<{ p50: number; cpu: number }> {
  const pool = new Pool({ connectionString: databaseUrl, max: 1 });
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const { rows } = await pool.query<{ now: Date; pid: number; ids: string[] }>(
    `select genkan_now() as now, pg_backend_pid() as pid, (select array_agg(id) from accounts where corporation_id = $1) as ids`,
    [corporationId],
  );
  const { now, pid, ids } = rows[0]!;
  const cpuBefore = cpuOf(pid);
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const { criteria, place } = asked(view, run, now, ids);
    const began = performance.now();
    await find(db, { scope: { corporationId }, criteria, now }, PAGE, place);
    times.push(performance.now() - began);
  }
  const cpu = (cpuOf(pid) - cpuBefore) / RUNS;
  await db.destroy();
  return { p50: times.toSorted((a, b) => a - b)[RUNS >> 1]!, cpu };
}

function asked(
  view: (typeof VIEWS)[number],
  run: number,
  now: Date,
  ids: string[],
): { criteria: LogCriteria; place?: LogPosition } {
  const day = (back: number) => new Date(now.getTime() - back * 86_400_000);
  const accountIds = [ids[run % ids.length]!];
  const deep = day(3 * (run + 1))
    .toISOString()
    .replace('Z', '000Z');
  switch (view) {
    case 'First':
      return { criteria: {} };
    case 'Deep':
      return { criteria: {}, place: { direction: 'older', at: deep, id: '1' } };
    case 'Person':
      return { criteria: { accountIds } };
    case 'Rare':
      return { criteria: { topic: 'contract' } };
    case 'Address':
      return { criteria: { address: `10.${run % 20}.${run % 250}.1` } };
    case 'Days':
      return { criteria: { since: day(3 * run + 1), until: day(3 * run) } };
    case 'Both':
      return { criteria: { accountIds, topic: 'people' } };
  }
}
