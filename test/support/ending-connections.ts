import type { RunningApp } from './app.js';

/** The server ends each connection that does this. */
export async function endsAt({ pool }: RunningApp, moment: string, table: string): Promise<void> {
  await pool.query(`
    create or replace function ends() returns trigger language plpgsql as $$
    begin
      perform pg_terminate_backend(pg_backend_pid());
      return coalesce(new, old);
    end $$;
    create trigger ends before ${moment} on ${table} for each row execute function ends()`);
}

export async function endsNoMore({ pool }: RunningApp, ...tables: string[]): Promise<void> {
  for (const table of tables) await pool.query(`drop trigger if exists ends on ${table}`);
}
