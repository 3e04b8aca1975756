import { Migration } from '@mikro-orm/migrations';

/**
 * When a session's password was given last, until when a newcomer is held back, and, in one place,
 * what a usable administrator is: one who can sign in now.
 */
export class Rights013 extends Migration {
  override name = '013-rights';

  override up(): void {
    this.addSql(`
      alter table sessions
        add column password_confirmed_at timestamptz not null default genkan_now()`);
    this.addSql('alter table accounts add column held_until timestamptz');
    this.addSql(`
      create view usable_administrators as
      select id, corporation_id from accounts
      where role = 'administrator' and state = 'active'
        and (held_until is null or held_until <= genkan_now())`);
    this.addSql(`
      create or replace function keep_usable_administrator() returns trigger
      language plpgsql as $$
      begin
        perform from corporations where id = old.corporation_id for no key update;
        if not exists (select from usable_administrators where corporation_id = old.corporation_id) then
          raise exception 'corporation % would be left without a usable administrator',
            old.corporation_id using errcode = 'GK001';
        end if;
        return null;
      end $$`);
    this.addSql(`
      create or replace function start_with_usable_administrator() returns trigger
      language plpgsql as $$
      begin
        perform from corporations where id = new.corporation_id for no key update;
        if not exists (select from usable_administrators where corporation_id = new.corporation_id) then
          raise exception 'corporation % has no usable administrator', new.corporation_id
            using errcode = 'GK001';
        end if;
        return null;
      end $$`);
  }
}
