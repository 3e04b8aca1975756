import { Migration } from '@mikro-orm/migrations';

const code = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, place) => String.fromCharCode(from + place)).join('');

const HIRAGANA = `${code(0x3041, 0x3096)}ゝゞ`;
const KATAKANA = `${code(0x30a1, 0x30f6)}ヽヾ`;
/** What has no counterpart is dropped: spaces and the middle dot. */
const DROPPED = ' \t・';

/**
 * The end of an account and its way back, and the list of a company's people: in the order of their
 * kana and found by a part of their names, with indexes that make each page cost the same in a
 * company of any size (docs/decisions/015).
 */
export class Members015 extends Migration {
  override name = '015-members';

  override up(): void {
    this.#ends();
    this.#list();
    this.#folding();
    this.#searchKeys();
    this.#reservedLoginIds();
  }

  #ends(): void {
    this.addSql(`
      alter table accounts
        add column deleted_at timestamptz,
        add column deleted_by uuid,
        add column deleted_from text check (deleted_from in ('registered', 'active', 'suspended')),
        add column suspended_at timestamptz,
        add column anonymised_at timestamptz`);
    this.addSql(`
      create index accounts_to_anonymise on accounts (deleted_at)
      where state = 'deleted' and anonymised_at is null`);
  }

  #list(): void {
    const kana = `name_kana collate "C", id`;
    this.addSql(`create index accounts_listed on accounts (corporation_id, state, role, ${kana})`);
    this.addSql(`
      create index accounts_held on accounts (corporation_id, role, ${kana})
      where held_until is not null`);
  }

  /** Width, case and the two kinds of kana do not matter to whoever searches. */
  #folding(): void {
    this.addSql(`
      create function search_fold(typed text) returns text
      language sql immutable strict parallel safe
      as $$select translate(lower(normalize(typed, NFKC)),
                            '${HIRAGANA}${DROPPED}', '${KATAKANA}')$$`);
  }

  /** A name is found from each of its characters on, a login ID or mail address from each of its words on. */
  #searchKeys(): void {
    this.addSql(`
      create table account_search_keys (
        account_id uuid not null references accounts on delete cascade,
        key text collate "C" not null,
        corporation_id uuid not null,
        role text not null,
        state text not null,
        held_until timestamptz,
        primary key (account_id, key)
      )`);
    this.addSql(`
      create index account_search_keys_found on account_search_keys
        (corporation_id, state, role, key, account_id) include (held_until)`);
    this.addSql(`
      create function write_search_keys() returns trigger
      language plpgsql as $$
      begin
        if tg_op = 'UPDATE' then
          delete from account_search_keys where account_id = new.id;
        end if;
        insert into account_search_keys (account_id, key, corporation_id, role, state, held_until)
        select distinct new.id, substr(whole, place, 40), new.corporation_id, new.role, new.state,
               new.held_until
        from (values (search_fold(new.name), true), (search_fold(new.name_kana), true),
                     (search_fold(new.login_id), false), (search_fold(new.email), false))
               as source (whole, anywhere),
             generate_series(1, length(whole)) place
        where anywhere or place = 1 or substr(whole, place - 1, 1) in ('.', '_', '-', '@', '+');
        return null;
      end $$`);
    this.addSql(`
      create trigger accounts_write_search_keys
      after insert or update of name, name_kana, login_id, email, role, state, held_until,
        corporation_id on accounts
      for each row execute function write_search_keys()`);
    // People who are there already get theirs by being touched; the administrators' check sees no change.
    this.addSql('update accounts set name = name');
  }

  /**
   * Nobody gets a login ID that somebody had, even when its owner is not known any more: what is
   * left of it is a hash in its own place, and an insert meets it as it meets one that is taken.
   */
  #reservedLoginIds(): void {
    this.addSql(`
      create function reserved_login_id_key(key text) returns text
      language sql immutable strict parallel safe
      as $$select 'sha256:' || encode(sha256(convert_to(key, 'UTF8')), 'hex')$$`);
    this.addSql(`
      create function skip_reserved_login_id() returns trigger
      language plpgsql as $$
      begin
        if exists (select from accounts where login_id_key = reserved_login_id_key(new.login_id_key)) then
          return null;
        end if;
        return new;
      end $$`);
    this.addSql(`
      create trigger accounts_skip_reserved_login_id before insert on accounts
      for each row execute function skip_reserved_login_id()`);
  }
}
