import { Migration } from '@mikro-orm/migrations';

/** The desk's people sign in: their roles, sessions and second factors. */
export class DeskSignIn036 extends Migration {
  override name = '036-desk-sign-in';

  override up(): void {
    this.addSql(`
      alter table operators
        alter column password_hash drop not null,
        add column role text not null default 'clerk'
          constraint operators_role_check check (role in ('clerk', 'lead')),
        add column second_factor_since timestamptz,
        add column last_sign_in_at timestamptz,
        add column ended_at timestamptz`);
    // Until now all of them looked after each other.
    this.addSql("update operators set role = 'lead'");
    this.#sessions();
    this.#factors();
    this.addSql(`
      alter table mailed_links
        drop constraint mailed_links_purpose_check,
        add constraint mailed_links_purpose_check check (purpose in
          ('activation', 'application', 'recovery', 'invitation', 'objection', 'email-proof',
           'email-undo', 'sign-in-report', 'lost-factor', 'factor-objection',
           'factor-enrolment', 'second-factor-report', 'operator-set-up'))`);
  }

  #sessions(): void {
    this.addSql(`
      create table operator_sessions (
        id uuid primary key,
        secret_hash bytea not null,
        operator_id uuid not null
          constraint operator_sessions_operator_id_foreign references operators on delete cascade,
        address inet not null,
        browser text not null,
        created_at timestamptz not null default genkan_now(),
        last_seen_at timestamptz not null default genkan_now(),
        ends_at timestamptz not null,
        factor_confirmed_at timestamptz not null default genkan_now(),
        previous_sign_in_at timestamptz
      )`);
    this.addSql('create index operator_sessions_by_operator on operator_sessions (operator_id)');
    this.addSql(`
      create table operator_sign_ins (
        operator_id uuid primary key
          constraint operator_sign_ins_operator_id_foreign
            references operators on update cascade on delete cascade,
        id uuid not null constraint operator_sign_ins_id_unique unique,
        secret_hash bytea not null,
        ends_at timestamptz not null
      )`);
  }

  /** A factor belongs to an account, or to somebody of the desk. */
  #factors(): void {
    this.addSql('alter table recovery_codes drop constraint recovery_codes_pkey');
    for (const table of ['totp_secrets', 'passkeys', 'recovery_codes'])
      this.addSql(`
        alter table ${table}
          alter column account_id drop not null,
          add column operator_id uuid
            constraint ${table}_operator_id_foreign references operators on delete cascade,
          add constraint ${table}_one_owner check (num_nonnulls(account_id, operator_id) = 1)`);
    this.addSql('alter table recovery_codes add primary key (code_hash)');
    this.addSql(
      'alter table totp_secrets add constraint totp_secrets_operator_id_unique unique (operator_id)',
    );
    this.addSql('create index passkeys_by_operator on passkeys (operator_id)');
    for (const owner of ['account', 'operator'])
      this.addSql(`create index recovery_codes_by_${owner} on recovery_codes (${owner}_id)`);
  }
}
