import { Migration } from '@mikro-orm/migrations';
import { narrowProbation, witnesses } from './006-narrow-probation.js';

/**
 * From 0.1.0 to 0.2.0: one table for all mailed links, instead of a column in each of five tables.
 * Links that were mailed before go on working, because their hashes move. States are derived by
 * functions on columns, and constraints have the names that the ORM expects.
 */
export class OneModel006 extends Migration {
  override name = '006-one-model';

  override up(): void {
    this.addSql('drop view if exists enrollment_stages');
    this.addSql('drop function if exists invitation_state(invitations)');
    this.#mailedLinks();
    this.#moveTickets();
    this.#moveRecoveries();
    for (const statement of witnesses) this.addSql(statement);
    this.#moveInvitations();
    this.#moveEmailChanges();
    for (const statement of narrowProbation) this.addSql(statement);
    this.addSql('alter table accounts drop column search_key');
    this.addSql('alter table corporations drop column search_key');
    this.#renameConstraints();
  }

  /**
   * The subject is an account's, invitation's, witness's or email change's id; a recovery's is its
   * mailbox's keyed digest in hex. Only the newest link for a purpose and subject is live.
   */
  #mailedLinks(): void {
    this.addSql(`
      create table mailed_links (
        id uuid primary key default gen_random_uuid(),
        purpose text not null check (purpose in
          ('activation', 'recovery', 'invitation', 'objection', 'email-proof', 'email-undo',
           'sign-in-report')),
        subject text not null,
        token_hash bytea not null unique,
        created_at timestamptz not null default genkan_now(),
        ends_at timestamptz not null,
        used_at timestamptz,
        replaced_at timestamptz
      )`);
    this.addSql(`
      create unique index mailed_links_one_live on mailed_links (purpose, subject)
      where used_at is null and replaced_at is null`);
  }

  #moveTickets(): void {
    this.addSql(`
      insert into mailed_links
        (id, purpose, subject, token_hash, created_at, ends_at, used_at, replaced_at)
      select id, purpose, account_id::text, token_hash, created_at, ends_at, used_at, replaced_at
      from tickets`);
    this.addSql('drop table tickets');
  }

  /**
   * A recovery keeps what it knows beside its link, and its id. One without a token, because nobody
   * has the address or its mail was not written yet, gets the hash of a token that is never mailed.
   */
  #moveRecoveries(): void {
    this.addSql(`
      insert into mailed_links
        (id, purpose, subject, token_hash, created_at, ends_at, used_at, replaced_at)
      select id, 'recovery', encode(mailbox, 'hex'),
             coalesce(token_hash, uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())),
             created_at, ends_at, used_at, replaced_at
      from recoveries`);
    this.addSql(`
      alter table recoveries
        drop column mailbox,
        drop column token_hash,
        drop column created_at,
        drop column ends_at,
        drop column used_at,
        drop column replaced_at,
        alter column id drop default`);
    this.addSql('alter table recoveries rename column id to link_id');
    this.addSql(`
      alter table recoveries add foreign key (link_id) references mailed_links on delete cascade`);
  }

  #moveInvitations(): void {
    this.addSql(`
      insert into mailed_links
        (purpose, subject, token_hash, created_at, ends_at, used_at, replaced_at)
      select 'invitation', id::text, token_hash, created_at, ends_at, used_at,
             coalesce(replaced_at, cancelled_at)
      from invitations`);
    this.addSql('alter table invitations drop column token_hash');
  }

  /** The link to undo a change was made when the change was proved. */
  #moveEmailChanges(): void {
    this.addSql(`
      insert into mailed_links
        (purpose, subject, token_hash, created_at, ends_at, used_at, replaced_at)
      select 'email-proof', id::text, token_hash, created_at, ends_at, proved_at, voided_at
      from email_changes
      union all
      select 'email-undo', id::text, undo_token_hash, proved_at, undo_ends_at, undone_at,
             undo_voided_at
      from email_changes where undo_token_hash is not null`);
    this.addSql('alter table email_changes drop column token_hash, drop column undo_token_hash');
  }

  #renameConstraints(): void {
    this.addSql(`
      do $$
      declare
        renamed record;
      begin
        for renamed in
          select t.relname as table_name, c.conname as old_name,
                 concat_ws('_', t.relname, columns.names,
                           case c.contype when 'f' then 'foreign' else 'unique' end) as new_name
          from pg_constraint c
          join pg_class t on t.oid = c.conrelid
          cross join lateral (
            select string_agg(a.attname, '_' order by k.place) as names
            from unnest(c.conkey) with ordinality as k (number, place)
            join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.number) as columns
          where c.connamespace = current_schema()::regnamespace and c.contype in ('f', 'u')
        loop
          if renamed.new_name <> renamed.old_name then
            execute format('alter table %I rename constraint %I to %I',
                           renamed.table_name, renamed.old_name, renamed.new_name);
          end if;
        end loop;
      end $$`);
  }
}
