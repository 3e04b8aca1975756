import { Migration } from '@mikro-orm/migrations';

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
    this.#moveObjections();
    this.#moveInvitations();
    this.#moveEmailChanges();
    this.#newcomers();
    this.#cases();
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

  /**
   * One row for each person who may object, instead of one for each mail that told of a case. Their
   * links show the case for as long as it lasts: they are never used up.
   */
  #moveObjections(): void {
    this.addSql(`
      create table witnesses (
        id uuid primary key default gen_random_uuid(),
        enrollment_id uuid not null references enrollments on delete cascade,
        account_id uuid references accounts on delete cascade,
        email text,
        delivery_id uuid references mail_deliveries on delete set null,
        ends_at timestamptz not null,
        objected_at timestamptz,
        statement text,
        unique (enrollment_id, account_id)
      )`);
    this.addSql('create index witnesses_by_account on witnesses (account_id)');
    this.addSql(`
      insert into witnesses
        (id, enrollment_id, account_id, delivery_id, ends_at, objected_at, statement)
      select (array_agg(id order by objected_at nulls last, ends_at desc))[1],
             enrollment_id, account_id,
             (array_agg(delivery_id order by ends_at) filter (where delivery_id is not null))[1],
             max(ends_at), min(objected_at),
             (array_agg(statement order by objected_at nulls last))[1]
      from objections group by enrollment_id, account_id`);
    this.addSql(`
      insert into mailed_links (purpose, subject, token_hash, created_at, ends_at, replaced_at)
      select 'objection', w.id::text, o.token_hash, o.created_at, o.ends_at,
             lead(o.created_at) over (partition by w.id order by o.ends_at, o.id)
      from (select o.*, coalesce(d.created_at, e.started_at) as created_at
            from objections o
            join enrollments e on e.id = o.enrollment_id
            left join mail_deliveries d on d.id = o.delivery_id) o
      join witnesses w on w.enrollment_id = o.enrollment_id and w.account_id = o.account_id`);
    this.addSql('drop table objections');
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

  /**
   * What the session look-up asks of newcomers, and whom an objection brings back: nothing but a
   * deletion and a suspension, so nobody notes acts any more.
   */
  #newcomers(): void {
    this.addSql(`
      alter table accounts
        add column suspended_by uuid,
        add column probation_ends_at timestamptz`);
    this.addSql(`
      update accounts a set probation_ends_at = e.probation_ends_at
      from enrollments e
      where e.account_id = a.id and e.kind = 'succession' and e.state = 'running'`);
    this.addSql(`
      update accounts a set suspended_by = p.actor_id
      from probation_acts p
      where p.target_id = a.id and p.act = 'suspension' and p.undone_at is null
        and a.suspended_at = p.at`);
    this.addSql('drop table probation_acts');
    this.addSql('drop function if exists is_witness(uuid, uuid)');
  }

  /**
   * A registration whose mailbox is not proved holds nothing: several may wait. The desk can name
   * the person whom a company is given to.
   */
  #cases(): void {
    this.addSql('drop index enrollments_one_initial');
    this.addSql(`
      create index enrollments_by_corporation on enrollments (corporation_id, started_at)`);
    this.addSql(`
      create table appointments (
        enrollment_id uuid primary key references enrollments on delete cascade,
        name text not null,
        name_kana text not null,
        email text not null,
        appointed_by text not null,
        reason text not null,
        appointed_at timestamptz not null default genkan_now(),
        confirmed_by text,
        confirmed_at timestamptz,
        account_id uuid references accounts on delete set null
      )`);
    this.addSql('create index appointments_by_account on appointments (account_id)');
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
