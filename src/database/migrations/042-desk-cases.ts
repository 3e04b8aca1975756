import { Migration } from '@mikro-orm/migrations';

/** What people of the desk have to do, and what they did about it. */
export class DeskCases042 extends Migration {
  override name = '042-desk-cases';

  override up(): void {
    this.#cases();
    this.#entries();
    this.addSql('create table desk_digests (day date primary key)');
    this.#fill();
  }

  #cases(): void {
    this.addSql(`
      create table desk_cases (
        id uuid primary key default gen_random_uuid(),
        case_number text not null constraint desk_cases_case_number_unique unique,
        kind text not null constraint desk_cases_kind_check check (kind in
          ('review', 'succession', 'untold', 'lost-factor', 'lock-out', 'ip-restriction',
           'question')),
        subject uuid,
        corporation_id uuid
          constraint desk_cases_corporation_id_foreign references corporations,
        account_id uuid
          constraint desk_cases_account_id_foreign references accounts on delete set null,
        state text not null default 'new' constraint desk_cases_state_check check (state in
          ('new', 'in-work', 'waiting', 'done')),
        assignee_id uuid constraint desk_cases_assignee_id_foreign references operators,
        due_at timestamptz not null,
        opened_at timestamptz not null default genkan_now(),
        closed_at timestamptz,
        sealed_question bytea)`);
    this.addSql('create index desk_cases_by_corporation on desk_cases (corporation_id, opened_at)');
    this.addSql(`
      create unique index desk_cases_one_open on desk_cases (subject) where state <> 'done'`);
    this.addSql("create index desk_cases_open on desk_cases (due_at) where state <> 'done'");
    this.addSql("create index desk_cases_done on desk_cases (closed_at) where state = 'done'");
    this.addSql('create index desk_cases_of_subject on desk_cases (subject, opened_at)');
    this.addSql('create index desk_cases_of_account on desk_cases (account_id)');
  }

  #entries(): void {
    this.addSql(`
      create table desk_case_entries (
        id uuid primary key default gen_random_uuid(),
        desk_case_id uuid not null
          constraint desk_case_entries_desk_case_id_foreign
            references desk_cases on delete cascade,
        at timestamptz not null default genkan_now(),
        operator_id uuid not null
          constraint desk_case_entries_operator_id_foreign references operators,
        kind text not null constraint desk_case_entries_kind_check check (kind in
          ('note', 'answer', 'assignment', 'state')),
        text text not null default '',
        state text constraint desk_case_entries_state_check check (state in
          ('new', 'in-work', 'waiting', 'done')),
        account_id uuid
          constraint desk_case_entries_account_id_foreign
            references accounts on delete set null,
        delivery_id uuid
          constraint desk_case_entries_delivery_id_foreign
            references mail_deliveries on delete set null)`);
    this.addSql('create index desk_case_entries_by_case on desk_case_entries (desk_case_id, at)');
    this.addSql('create index desk_case_entries_by_account on desk_case_entries (account_id)');
    this.addSql('create index desk_case_entries_by_delivery on desk_case_entries (delivery_id)');
  }

  /** What waits for the desk at this moment has a case from the beginning, due at once. */
  #fill(): void {
    this.addSql(`
      insert into desk_cases (case_number, kind, subject, corporation_id, due_at, opened_at)
      select case_number,
             case when state = 'review' then 'review' when state = 'objected' then 'succession'
                  else 'untold' end,
             id, corporation_id, genkan_now(), started_at
      from enrollments
      where state in ('review', 'objected') or (state = 'running' and untold_since is not null)`);
  }
}
