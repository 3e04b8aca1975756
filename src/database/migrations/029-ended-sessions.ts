import { Migration } from '@mikro-orm/migrations';

/** The traces of sessions that somebody ended, by which their browsers' forms find their person. */
export class EndedSessions029 extends Migration {
  override name = '029-ended-sessions';

  override up(): void {
    this.addSql(`
      create table ended_sessions (
        id uuid primary key,
        secret_hash bytea not null,
        account_id uuid not null constraint ended_sessions_account_id_foreign
          references accounts (id) on delete cascade,
        ends_at timestamptz not null)`);
    this.addSql('create index ended_sessions_by_account on ended_sessions (account_id)');
  }
}
