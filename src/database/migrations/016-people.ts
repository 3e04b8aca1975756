import { Migration } from '@mikro-orm/migrations';

/**
 * People who were invited and have no account yet. An invitation speaks with the rights of whoever
 * sent it: it is void as soon as that person is no usable administrator any more. What is known of
 * the invited person moves to the account with the acceptance and does not stay here.
 * And which change of a person's details a form was filled from.
 */
export class People016 extends Migration {
  override name = '016-people';

  override up(): void {
    this.#invitations();
    this.#versions();
    this.addSql(`
      create index accounts_administrators on accounts (corporation_id)
      where role = 'administrator' and state = 'active'`);
    this.addSql(`
      create index mail_deliveries_bounced on mail_deliveries (corporation_id)
      where state = 'bounced'`);
  }

  /** Whoever saves over a newer version sees it first. Sign-ins touch none of these columns. */
  #versions(): void {
    this.addSql('alter table accounts add column version integer not null default 1');
    this.addSql('alter table accounts add column changed_at timestamptz');
    this.addSql(`
      create function count_account_version() returns trigger
      language plpgsql as $$
      begin
        new.version := old.version + 1;
        new.changed_at := genkan_now();
        return new;
      end $$`);
    this.addSql(`
      create trigger accounts_version
      before update of name, name_kana, department, phone, role, email on accounts
      for each row
      when ((old.name, old.name_kana, old.department, old.phone, old.role, old.email)
            is distinct from (new.name, new.name_kana, new.department, new.phone, new.role, new.email))
      execute function count_account_version()`);
  }

  #invitations(): void {
    this.addSql(`
      create table invitations (
        id uuid primary key default gen_random_uuid(),
        corporation_id uuid not null references corporations,
        invited_by uuid references accounts on delete set null,
        role text not null check (role in ('staff', 'administrator')),
        name text not null,
        name_kana text not null,
        department text not null,
        phone text not null,
        email text not null,
        email_key text not null,
        token_hash bytea not null unique,
        delivery_id uuid references mail_deliveries on delete set null,
        created_at timestamptz not null default genkan_now(),
        ends_at timestamptz not null,
        used_at timestamptz,
        account_id uuid references accounts on delete set null,
        replaced_at timestamptz,
        cancelled_at timestamptz
      )`);
    this.addSql(`
      create unique index invitations_one_live on invitations (corporation_id, email_key)
      where used_at is null and replaced_at is null and cancelled_at is null`);
    this.addSql('create index invitations_by_inviter on invitations (invited_by)');
    this.addSql('create index invitations_by_account on invitations (account_id)');
    this.addSql(`
      create function invitation_state(i invitations) returns text
      language sql stable
      as $$ select case
        when i.used_at is not null then 'used'
        when i.cancelled_at is not null then 'cancelled'
        when i.replaced_at is not null then 'replaced'
        when i.ends_at <= genkan_now() then 'expired'
        when not exists (select from usable_administrators u
                         join corporations c on c.id = u.corporation_id and c.state = 'active'
                         where u.id = i.invited_by and u.corporation_id = i.corporation_id) then 'void'
        else 'live' end $$`);
  }
}
