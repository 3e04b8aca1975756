import { Migration } from '@mikro-orm/migrations';

/** Since when companies, or the operator for all of them, ask their people for a second factor. */
export class SecondFactorPolicies033 extends Migration {
  override name = '033-second-factor-policies';

  override up(): void {
    this.addSql(`
      alter table corporations
        add column administrators_asked_since timestamptz,
        add column everybody_asked_since timestamptz`);
    this.addSql('alter table accounts add column administrator_since timestamptz');
    this.#minimum();
    this.#reminders();
    this.#lists();
  }

  /** For the list of people, narrowed to those who have a factor or have none. */
  #lists(): void {
    const columns = '(corporation_id, state, role, name_kana collate "C", id)';
    this.addSql(`
      create index accounts_with_factor on accounts ${columns}
      where second_factor_since is not null`);
    this.addSql(`
      create index accounts_without_factor on accounts ${columns}
      where second_factor_since is null`);
  }

  /** One row: what `SECOND_FACTOR_MINIMUM` says, and since which start. */
  #minimum(): void {
    this.addSql(`
      create table second_factor_minimum (
        id smallint primary key constraint second_factor_minimum_one_row check (id = 1),
        administrators_asked_since timestamptz,
        everybody_asked_since timestamptz
      )`);
    this.addSql('insert into second_factor_minimum (id) values (1)');
  }

  /** Written when a reminder is queued, so that each goes out once; another day has its own. */
  #reminders(): void {
    this.addSql(`
      create table second_factor_reminders (
        account_id uuid not null
          constraint second_factor_reminders_account_id_foreign
          references accounts on delete cascade,
        due_at timestamptz not null,
        days_before smallint not null,
        primary key (account_id, due_at, days_before)
      )`);
  }
}
