import { Migration } from '@mikro-orm/migrations';

/**
 * A company that ever had an administrator keeps one who can sign in, whatever path changes the
 * accounts, and nobody else can sign in before there is one. The check runs at commit and holds the company's row first: of two
 * administrators who remove each other, the second waits, sees the first's commit and is refused.
 */
export class UsableAdministrator004 extends Migration {
  override name = '004-usable-administrator';

  override up(): void {
    this.addSql(`
      create function keep_usable_administrator() returns trigger
      language plpgsql as $$
      begin
        perform from corporations where id = old.corporation_id for no key update;
        if not exists (select from accounts
                       where corporation_id = old.corporation_id
                         and state = 'active' and role = 'administrator') then
          raise exception 'corporation % would be left without a usable administrator',
            old.corporation_id using errcode = 'GK001';
        end if;
        return null;
      end $$`);
    this.addSql(`
      create constraint trigger accounts_keep_usable_administrator
      after update of state, role, corporation_id or delete on accounts
      deferrable initially deferred
      for each row
      when (old.state = 'active' and old.role = 'administrator')
      execute function keep_usable_administrator()`);
    this.addSql(`
      create function start_with_usable_administrator() returns trigger
      language plpgsql as $$
      begin
        perform from corporations where id = new.corporation_id for no key update;
        if not exists (select from accounts
                       where corporation_id = new.corporation_id
                         and state = 'active' and role = 'administrator') then
          raise exception 'corporation % has no usable administrator', new.corporation_id
            using errcode = 'GK001';
        end if;
        return null;
      end $$`);
    this.addSql(`
      create constraint trigger accounts_start_with_usable_administrator
      after insert or update of state, corporation_id on accounts
      deferrable initially deferred
      for each row
      when (new.state in ('active', 'suspended'))
      execute function start_with_usable_administrator()`);
  }
}
