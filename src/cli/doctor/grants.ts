import type { EntityManager } from '@mikro-orm/postgresql';
import { finder, type Finding } from './finding.js';

const { ok, fail } = finder('database');

/** What the application's role must be allowed; the log is read and added to, and no more. */
const MISSING = `
  select 'schema ' || nspname as name from pg_namespace
  where nspname in ('public', 'graphile_worker') and not has_schema_privilege(oid, 'usage')
  union all
  select 'table ' || oid::regclass || ' (' || needed || ')' as name
  from pg_class, unnest(array['select', 'insert', 'update', 'delete']) needed
  where relkind in ('r', 'p') and not relispartition
    and relnamespace in ('public'::regnamespace, 'graphile_worker'::regnamespace)
    and (needed = 'select' or relname not in ('genkan_migrations', 'migrations'))
    and (needed in ('select', 'insert') or relname <> 'audit_entries')
    and not has_table_privilege(oid, needed)
  union all
  select 'sequence ' || oid::regclass from pg_class
  where relkind = 'S' and relnamespace in ('public'::regnamespace, 'graphile_worker'::regnamespace)
    and case when relkind = 'S' then not has_sequence_privilege(oid, 'usage') end
    and oid not in (select objid from pg_depend where deptype = 'i')
  union all
  select 'function ' || oid::regprocedure from pg_proc
  where pronamespace in ('public'::regnamespace, 'graphile_worker'::regnamespace)
    and not has_function_privilege(oid, 'execute')
  union all
  select 'database ' || current_database() || ' (temporary)'
  where not has_database_privilege(current_database(), 'temporary')
  order by name`;

const SHOWN = 3;

/** An application with a role of its own needs rights after each upgrade that migrated. */
export async function grantsFinding(em: EntityManager): Promise<Finding> {
  const missing = await em.execute<{ name: string }[]>(MISSING);
  if (missing.length === 0) return ok('必要な権限がそろっています。');
  const names = missing
    .slice(0, SHOWN)
    .map(({ name }) => name)
    .join(', ');
  return fail(
    '権限が{count}件足りません（例：{names}）。docs/operations.md の「Database roles」の文を、所有者として実行してください。',
    { count: missing.length, names },
  );
}
