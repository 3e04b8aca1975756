import { Migration } from '@mikro-orm/migrations';

/** Removals of lost second factors, who may object to them, and sessions that can only enrol. */
export class LostFactors034 extends Migration {
  override name = '034-lost-factors';

  override up(): void {
    // Another migration may have brought the same flag.
    this.addSql(
      'alter table sessions add column if not exists enrols_only boolean not null default false',
    );
    this.addSql(`
      alter table mailed_links
        drop constraint mailed_links_purpose_check,
        add constraint mailed_links_purpose_check check (purpose in
          ('activation', 'application', 'recovery', 'invitation', 'objection', 'email-proof',
           'email-undo', 'sign-in-report', 'lost-factor', 'factor-objection',
           'factor-enrolment', 'second-factor-report'))`);
    this.#removals();
  }

  /** `began_at` is null while the second person of the desk is missing. */
  #removals(): void {
    this.addSql(`
      create table factor_removals (
        id uuid primary key default gen_random_uuid(),
        account_id uuid not null
          constraint factor_removals_account_id_foreign references accounts on delete cascade,
        corporation_id uuid not null
          constraint factor_removals_corporation_id_foreign references corporations,
        first_operator text,
        second_operator text,
        address inet,
        created_at timestamptz not null default genkan_now(),
        began_at timestamptz,
        ends_at timestamptz,
        is_final boolean not null default false,
        due_told_at timestamptz,
        outcome text constraint factor_removals_outcome_check check (outcome in
          ('cancelled', 'objected', 'completed', 'taken-off', 'lapsed')),
        ended_at timestamptz
      )`);
    this.addSql(`
      create unique index factor_removals_one_open on factor_removals (account_id)
      where outcome is null`);
    this.addSql(`
      create index factor_removals_open_of_company on factor_removals (corporation_id)
      where outcome is null`);
    this.addSql(`
      create table factor_objectors (
        id uuid primary key default gen_random_uuid(),
        removal_id uuid not null constraint factor_objectors_removal_id_foreign
          references factor_removals on delete cascade,
        account_id uuid
          constraint factor_objectors_account_id_foreign references accounts on delete cascade,
        email text,
        told_at timestamptz,
        objected_at timestamptz
      )`);
    this.addSql('create index factor_objectors_by_removal on factor_objectors (removal_id)');
  }
}
