import { Migration } from '@mikro-orm/migrations';

/** Second factors, the sign-ins that wait for one, and the browsers that are trusted with it. */
export class SecondFactors032 extends Migration {
  override name = '032-second-factors';

  override up(): void {
    this.addSql('alter table accounts add column second_factor_since timestamptz');
    this.addSql('alter table sessions add column factor_confirmed_at timestamptz');
    this.addSql(
      'alter table devices add column trusted_until timestamptz, add column browser text',
    );
    this.#factors();
    this.#pendingSignIns();
  }

  /** `last_step`: of the last code that counted, in steps of 30 seconds since 1970. */
  #factors(): void {
    this.addSql(`
      create table totp_secrets (
        id uuid primary key default gen_random_uuid(),
        account_id uuid not null
          constraint totp_secrets_account_id_unique unique
          constraint totp_secrets_account_id_foreign references accounts on delete cascade,
        sealed_secret bytea not null,
        last_step integer not null,
        created_at timestamptz not null default genkan_now(),
        last_used_at timestamptz
      )`);
    this.addSql(`
      create table passkeys (
        id uuid primary key default gen_random_uuid(),
        account_id uuid not null
          constraint passkeys_account_id_foreign references accounts on delete cascade,
        credential_id text not null constraint passkeys_credential_id_unique unique,
        public_key bytea not null,
        counter bigint not null,
        transports jsonb not null,
        name text not null,
        created_at timestamptz not null default genkan_now(),
        last_used_at timestamptz
      )`);
    this.addSql('create index passkeys_by_account on passkeys (account_id)');
    this.addSql(`
      create table recovery_codes (
        account_id uuid not null
          constraint recovery_codes_account_id_foreign references accounts on delete cascade,
        code_hash bytea not null,
        secret_key text not null,
        created_at timestamptz not null default genkan_now(),
        used_at timestamptz,
        primary key (account_id, code_hash)
      )`);
  }

  /** `lane`: the known browser, or all other browsers at the account; each has one of them. */
  #pendingSignIns(): void {
    this.addSql(`
      create table pending_sign_ins (
        lane text primary key,
        id uuid not null constraint pending_sign_ins_id_unique unique,
        secret_hash bytea not null,
        account_id uuid not null
          constraint pending_sign_ins_account_id_foreign references accounts on delete cascade,
        password_digest bytea not null,
        ends_at timestamptz not null
      )`);
    this.addSql('create index pending_sign_ins_by_account on pending_sign_ins (account_id)');
  }
}
