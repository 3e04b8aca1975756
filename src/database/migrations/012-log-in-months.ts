import { Migration } from '@mikro-orm/migrations';
import { textOf } from './functions.js';

/**
 * The log becomes a table for each month, so that retention drops tables instead of rows. The rows
 * from before are the first of them, moved by name alone; it ends with the month of the upgrade or of
 * its youngest row. An insert that names no partition works as before, also from 0.2.0.
 */
export class LogInMonths012 extends Migration {
  override name = '012-log-in-months';

  override up(): void {
    this.#setAside();
    this.#divide();
    this.#keepRights();
    this.#indexLeftovers();
  }

  /** A partition has neither a key without the month in it nor an identity of its own. */
  #setAside(): void {
    this.addSql('drop trigger if exists audit_entries_append_only on audit_entries');
    this.addSql('alter table audit_entries rename to audit_entries_first');
    this.addSql(`
      alter table audit_entries_first
        drop constraint audit_entries_pkey,
        alter column id drop identity`);
    this.addSql('drop index audit_entries_by_corporation, audit_entries_by_account');
    for (const kept of ['sign_ins', 'sign_ins_by_account', 'news'])
      this.addSql(`alter index audit_entries_${kept} rename to audit_entries_first_${kept}`);
  }

  /** Indexes that the first partition has already are taken as they are; the others are made. */
  #divide(): void {
    this.addSql(`
      create table audit_entries (like audit_entries_first including defaults)
      partition by range (at)`);
    this.addSql('create sequence audit_entries_id_seq owned by audit_entries.id');
    this.addSql(`
      alter table audit_entries alter column id set default nextval('audit_entries_id_seq')`);
    this.addSql(`
      select setval('audit_entries_id_seq', coalesce(max(id), 0) + 1, false)
      from audit_entries_first`);
    for (const index of INDEXES) this.addSql(index);
    this.addSql(`
      do $$
      begin
        execute format(
          'alter table audit_entries attach partition audit_entries_first
           for values from (minvalue) to (%L)',
          (select (date_trunc('month', greatest(max(at), genkan_now()) at time zone 'UTC')
                   + interval '1 month') at time zone 'UTC'
           from audit_entries_first));
      end $$`);
    // Rows of months that nobody made a table for.
    this.addSql('create table audit_entries_rest partition of audit_entries default');
    this.addSql(textOf('audit-append-only'));
    this.addSql(textOf('audit-partitions'));
    this.addSql('select create_audit_partitions(3)');
  }

  /** An application with a role of its own goes on writing at once. */
  #keepRights(): void {
    this.addSql(`
      do $$
      declare
        given record;
      begin
        for given in
          select distinct grantee, privilege_type
          from information_schema.role_table_grants
          where table_schema = current_schema() and table_name = 'audit_entries_first'
            and grantee not in (current_user, 'PUBLIC')
        loop
          execute format('grant %s on audit_entries to %I', given.privilege_type, given.grantee);
          continue when given.privilege_type <> 'INSERT';
          execute format('grant usage on audit_entries_id_seq to %I', given.grantee);
          execute format('grant select on audit_partitions to %I', given.grantee);
          execute format('grant execute on function create_audit_partitions(integer),
                          drop_audit_partition(integer) to %I', given.grantee);
        end loop;
      end $$`);
  }

  /** What retention deletes beside the log is found by its time, and what refers to it by its id. */
  #indexLeftovers(): void {
    this.addSql('create index mail_deliveries_by_time on mail_deliveries using brin (created_at)');
    for (const table of ['invitations', 'witnesses'])
      this.addSql(`
        create index ${table}_by_delivery on ${table} (delivery_id)
        where delivery_id is not null`);
  }
}

const INDEXES = [
  'create index audit_entries_by_corporation on audit_entries (corporation_id, at)',
  'create index audit_entries_by_account on audit_entries (account_id, at)',
  `create index audit_entries_by_request on audit_entries (request_id)
   where request_id is not null`,
  `create index audit_entries_sign_ins on audit_entries (corporation_id, at)
   include (account_id, address) where act = 'sign-in' and reason = 'done'`,
  `create index audit_entries_sign_ins_by_account on audit_entries (account_id, at)
   include (address) where act = 'sign-in' and reason = 'done'`,
  `create index audit_entries_news on audit_entries (corporation_id, act, at)
   where act in ('accounts-export', 'invitation') and reason = 'done'`,
];
