import { Migration } from '@mikro-orm/migrations';

/** Files that the desk imports: what each would change, and did. */
export class DeskImports044 extends Migration {
  override name = '044-desk-imports';

  override up(): void {
    this.addSql(`
      create table desk_imports (
        id uuid primary key,
        kind text not null constraint desk_imports_kind_check
          check (kind in ('master-data', 'invoices')),
        state text not null constraint desk_imports_state_check check (state in
          ('checking', 'checked', 'refused', 'importing', 'done', 'interrupted', 'discarded')),
        file_name text not null,
        bytes integer not null,
        digest text not null,
        uploaded_by text not null,
        confirmed_by text,
        confirmed_in jsonb,
        holder uuid,
        rows_read integer not null default 0,
        counts jsonb not null default '{}',
        lines integer not null default 0,
        created_at timestamptz not null default genkan_now(),
        finished_at timestamptz,
        interrupted_at timestamptz,
        ends_at timestamptz not null
      )`);
    this.addSql('create index desk_imports_by_time on desk_imports (created_at)');
    this.addSql(`
      create table desk_import_pieces (
        run_id uuid not null
          constraint desk_import_pieces_run_id_foreign
            references desk_imports on delete cascade,
        place integer not null,
        sealed_bytes bytea not null,
        primary key (run_id, place)
      )`);
    this.addSql(`
      create table desk_import_lines (
        run_id uuid not null
          constraint desk_import_lines_run_id_foreign
            references desk_imports on delete cascade,
        place integer not null,
        content jsonb not null,
        primary key (run_id, place)
      )`);
  }
}
